import { at, midnight, T } from '../../../time';

/** How a meeting repeats, as far as the form can say it. Days are those of its first date, unless there are days of the week. */
export interface Repeat {
  frequency: 'daily' | 'weekly' | 'monthly' | 'yearly';
  /** Every so many of them. */
  interval: number;
  /** Weekly: 1 = Monday … 7 = Sunday, in order; none: the day of the start. */
  weekdays: readonly number[];
  /** Monthly: on the 5th, on the first Tuesday, on the last day. */
  on: 'day' | 'weekday' | 'last';
  end: 'never' | 'date' | 'count';
  /** With end: date; the last day, as typed. */
  until: string;
  /** With end: count. */
  count: number;
}

export const mostInterval = 1000, mostCount = 1000;
export const workdays: readonly number[] = [1, 2, 3, 4, 5];
export const presets = ['daily', 'workdays', 'weekly', 'monthly', 'yearly'] as const;
export type Preset = (typeof presets)[number];

const once: Repeat = { frequency: 'weekly', interval: 1, weekdays: [], on: 'day', end: 'never', until: '', count: 10 };

export function ofPreset(preset: Preset, ends: Partial<Pick<Repeat, 'end' | 'until' | 'count'>> = {}): Repeat {
  const { end, until, count } = { ...once, ...ends };
  const kept = { ...once, end, until, count };
  switch (preset) {
    case 'workdays': return { ...kept, weekdays: workdays };
    case 'monthly': return { ...kept, frequency: 'monthly', on: 'weekday' };
    default: return { ...kept, frequency: preset };
  }
}

/** Which preset says this; undefined: none does. */
export function presetOf(repeat: Repeat): Preset | undefined {
  return presets.find((preset) => sameRule(ofPreset(preset, repeat), repeat));
}

/** Whether two say the same. What a frequency has no use for does not count. */
export function sameRule(a: Repeat, b: Repeat): boolean {
  return whatItSays(a) === whatItSays(b);
}

export function whatItSays(r: Repeat): string {
  return JSON.stringify([r.frequency, r.interval, r.frequency === 'weekly' ? r.weekdays : [], r.frequency === 'monthly' ? r.on : '', r.end, r.end === 'date' ? r.until : '', r.end === 'count' ? r.count : 0]);
}

/** Days of the week as a set of them is kept: in order, and the start's alone is none, so that it moves with the start. */
export function daysOf(days: readonly number[], start: Temporal.PlainDate): readonly number[] {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  return sorted.length === 1 && sorted[0] === start.dayOfWeek ? [] : sorted;
}

/** Which of its weekday in the month a date is: 1 to 4, or -1 for the last (the fifth is the last). As the server counts. */
export function weekOf(date: Temporal.PlainDate): number {
  return date.day > 28 ? -1 : Math.ceil(date.day / 7);
}

const names = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const name = (day: number) => names[day - 1] ?? '';

/** As an RRULE (RFC 5545 §3.3.10): what is shown while editing is what is booked. Undefined: its last date is missing, or is before the start. */
export function ruleOf(repeat: Repeat, start: Temporal.PlainDate, zone: string): string | undefined {
  const parts = [`FREQ=${repeat.frequency.toUpperCase()}`];
  if (repeat.interval > 1) parts.push(`INTERVAL=${repeat.interval}`);
  if (repeat.frequency === 'weekly' && repeat.weekdays.length > 0) parts.push(`BYDAY=${repeat.weekdays.map(name).join(',')}`);
  if (repeat.frequency === 'monthly' && repeat.on === 'weekday') parts.push(`BYDAY=${weekOf(start)}${name(start.dayOfWeek)}`);
  if (repeat.frequency === 'monthly' && repeat.on === 'last') parts.push('BYMONTHDAY=-1');
  if (repeat.end === 'count') parts.push(`COUNT=${repeat.count}`);
  if (repeat.end === 'date') {
    const last = dateOf(repeat.until);
    if (!last || T.PlainDate.compare(last, start) < 0) return undefined;
    // The whole day on the meeting's clocks, whether it has 23, 24 or 25 hours; in UTC, as a series with a zone wants it.
    const end = midnight(last.add({ days: 1 }), zone).toInstant().subtract({ seconds: 1 });
    parts.push(`UNTIL=${end.toString().replace(/[-:]/g, '')}`);
  }
  return parts.join(';');
}

/** The form that gives a rule. Undefined: the rule says what no form here can; it is then shown in the server's words. `planned`: the wall time that the rule gives some date of the series. */
export function readRule(rule: string, planned: string, zone: string): Repeat | undefined {
  const parts = new Map(rule.split(';').map((part): [string, string] => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]));
  const frequency = (['daily', 'weekly', 'monthly', 'yearly'] as const).find((f) => f.toUpperCase() === parts.get('FREQ'));
  if (!frequency) return undefined;
  const [interval, count, until] = [Number(parts.get('INTERVAL') ?? 1), Number(parts.get('COUNT') ?? once.count), parts.get('UNTIL')];
  const wall = T.PlainDateTime.from(planned), start = wall.toPlainDate();
  const days = parts.get('BYDAY')?.split(',') ?? [], monthDay = parts.get('BYMONTHDAY');
  const repeat: Repeat = {
    ...once, frequency, interval, count, end: parts.has('COUNT') ? 'count' : until === undefined ? 'never' : 'date', until: until === undefined ? '' : lastDate(until, wall, zone).toString(),
    weekdays: frequency === 'weekly' ? daysOf(days.map((d) => names.indexOf(d) + 1), start) : [],
    on: frequency !== 'monthly' ? 'day' : days.length > 0 ? 'weekday' : monthDay === '-1' ? 'last' : 'day',
  };
  // Whatever else the rule says, the form would lose. A day that the form leaves to the start may stand in the rule; ends may differ within the day.
  const meant = (text: string) => text.split(';').filter((part) => !/^(UNTIL|WKST)=|^INTERVAL=1$/.test(part) && part !== `BYDAY=${frequency === 'weekly' ? name(start.dayOfWeek) : ''}`)
    .map((part) => part.startsWith('BYDAY=') ? part.slice(6).split(',').sort().join() : part).sort().join(';');
  const given = ruleOf({ ...repeat, end: repeat.end === 'count' ? 'count' : 'never' }, start, zone) ?? '';
  const hasOtherWeeks = frequency === 'weekly' && interval > 1 && (parts.get('WKST') ?? 'MO') !== 'MO';
  return meant(rule) === meant(given) && !hasOtherWeeks ? repeat : undefined;
}

// Where a series was split, it ends within a day: before that day's own time.
function lastDate(until: string, planned: Temporal.PlainDateTime, zone: string): Temporal.PlainDate {
  if (!until.includes('T')) return T.PlainDate.from(until);
  const end = until.endsWith('Z') ? at(until, zone).toPlainDateTime() : T.PlainDateTime.from(until);
  return T.PlainTime.compare(end.toPlainTime(), planned.toPlainTime()) < 0 ? end.toPlainDate().subtract({ days: 1 }) : end.toPlainDate();
}

/**
 * The rule of a series that is moved to another day of the month, where that day stands in the rule: it must be sent with the move.
 * Undefined: the server moves it by itself. (So it is told of rules that end after a number, which would be counted anew: it refuses them with a reason.)
 */
export function movedRule(repeat: Repeat | undefined, from: Temporal.PlainDate, to: Temporal.PlainDate, zone: string): string | undefined {
  if (repeat?.frequency !== 'monthly' || repeat.on === 'day' || repeat.end === 'count' || from.equals(to)) return undefined;
  return ruleOf(repeat.on === 'last' && to.day < to.daysInMonth ? { ...repeat, on: 'day' } : repeat, to, zone);
}

export function dateOf(text: string): Temporal.PlainDate | undefined {
  try {
    const date = T.PlainDate.from(text);
    return date.year < 9999 ? date : undefined;
  } catch {
    return undefined;
  }
}
