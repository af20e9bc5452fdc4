import type { Schema } from '../../../api/client';
import type { MeetingItem } from '../../../api/meetings';
import { date, day, T } from '../../../time';
import { listed, t } from '../../../words';
import { dateOf, readRule, sameRule, weekOf, workdays, type Repeat } from './repeat';

export type SeriesPart = NonNullable<MeetingItem['series']>;

// 1 = Monday: the first of January 2024 was one.
export function weekday(day: number, width: 'long' | 'short' | 'narrow' = 'long'): string {
  return date(T.PlainDate.from({ year: 2024, month: 1, day }), { weekday: width });
}

/** "Every Tuesday, until 1 May 2030": on the clocks of the meeting's zone, in the viewer's language. */
export function inWords(repeat: Repeat, start: Temporal.PlainDate): string {
  const last = repeat.end === 'date' ? dateOf(repeat.until) : undefined;
  const end = repeat.end === 'count' ? t('repeat.times', { n: repeat.count }) : last ? t('repeat.until', { date: date(last) }) : '';
  return [rule(repeat, start), end].filter(Boolean).join(', ');
}

function rule(repeat: Repeat, start: Temporal.PlainDate): string {
  const n = repeat.interval;
  switch (repeat.frequency) {
    case 'daily': return t('repeat.daily', { n });
    case 'weekly': {
      if (sameRule({ ...repeat, end: 'never' }, { ...repeat, end: 'never', interval: 1, weekdays: workdays })) return t('repeat.workdays');
      const days = repeat.weekdays.length > 0 ? repeat.weekdays : [start.dayOfWeek];
      return t('repeat.weekly', { n, days: listed(days.map((d) => weekday(d))) });
    }
    case 'monthly': return repeat.on === 'last' ? t('repeat.monthly.last', { n })
      : repeat.on === 'day' ? t('repeat.monthly.day', { n, day: start.day })
        : t('repeat.monthly.weekday', { n, day: nthWeekday(start) });
    case 'yearly': return t('repeat.yearly', { n, date: date(start, { day: 'numeric', month: 'long' }) });
  }
}

/** "the second Tuesday". */
export function nthWeekday(start: Temporal.PlainDate): string {
  const week = weekOf(start);
  return t(week === 1 ? 'repeat.nth.1' : week === 2 ? 'repeat.nth.2' : week === 3 ? 'repeat.nth.3' : week === 4 ? 'repeat.nth.4' : 'repeat.nth.last', { day: weekday(start.dayOfWeek) });
}

/** How a series repeats. What the form has no words for is said in the server's. */
export function seriesInWords(series: SeriesPart, zone: string): string {
  const repeat = readRule(series.rrule, series.recurrence_id, zone);
  return repeat ? inWords(repeat, T.PlainDateTime.from(series.recurrence_id).toPlainDate()) : series.description;
}

/** Who was left out of a series because they are busy: on some dates, or of all. */
export function leftOut({ email, name, dates }: Schema['SkippedParticipant'], zone: string): string {
  const who = name || email;
  return dates ? t('repeat.skipped', { who, dates: shortList((dates as string[]).map((d) => day(d, zone))) }) : t('repeat.skipped.all', { who });
}

/** Some dates, and how many more there are. */
export function shortList(items: readonly string[], most = 6): string {
  return items.length <= most ? listed(items) : listed([...items.slice(0, most - 1), t('repeat.skipped.more', { n: items.length - most + 1 })]);
}
