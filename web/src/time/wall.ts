import { T } from './temporal';

/** An instant from the API. What has no offset is an error: nothing is read as UTC by accident. */
export function instant(text: string): Temporal.Instant {
  return T.Instant.from(text);
}

export function at(when: Temporal.Instant | string, zone: string): Temporal.ZonedDateTime {
  return (typeof when === 'string' ? instant(when) : when).toZonedDateTimeISO(zone);
}

/** A date as addresses and date inputs have it: "2030-02-28". There is no 30th of February. */
export function isDate(text: string): boolean {
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && T.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}

export interface WallTime {
  zoned: Temporal.ZonedDateTime;
  /** The clocks skip this time on that day, or show it twice. */
  odd?: 'skipped' | 'doubled';
}

/** What a date and a time on a zone's clocks mean. Skipped times move on, of doubled ones the first is meant (RFC 5545 §3.3.5, as the server reads them). */
export function wall(date: Temporal.PlainDate, time: Temporal.PlainTime, zone: string): WallTime {
  const plain = date.toPlainDateTime(time);
  const zoned = plain.toZonedDateTime(zone, { disambiguation: 'compatible' });
  if (!zoned.toPlainDateTime().equals(plain)) return { zoned, odd: 'skipped' };
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  return later.epochMilliseconds === zoned.epochMilliseconds ? { zoned } : { zoned, odd: 'doubled' };
}

/** For the API: wall time with its offset, so that no reader has to guess. */
export function withOffset(zoned: Temporal.ZonedDateTime): string {
  return zoned.toString({ timeZoneName: 'never', smallestUnit: 'second' });
}

export function midnight(date: Temporal.PlainDate, zone: string): Temporal.ZonedDateTime {
  return date.toZonedDateTime(zone);
}

export function today(when: Temporal.Instant, zone: string): Temporal.PlainDate {
  return when.toZonedDateTimeISO(zone).toPlainDate();
}

/** The week's first day for a language and region: 1 = Monday … 7 = Sunday. */
export function firstDayOfWeek(locale: string): number {
  const info = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => { firstDay: number }; weekInfo?: { firstDay: number } };
  return info.getWeekInfo?.().firstDay ?? info.weekInfo?.firstDay ?? 1;
}

export function startOfWeek(date: Temporal.PlainDate, firstDay = 1): Temporal.PlainDate {
  return date.subtract({ days: (date.dayOfWeek - firstDay + 7) % 7 });
}

/** "9", "9:30", "930", "9.30 pm", "21h" → a time of day. */
export function readTime(text: string): Temporal.PlainTime | undefined {
  const found = /^\s*(\d{1,2})(?:[:.h ]?\s*(\d{2}))?\s*h?\s*(?:uhr)?\s*([ap])?\.?\s*m?\.?\s*$/i.exec(text);
  if (!found) return undefined;
  let hour = Number(found[1]);
  const minute = Number(found[2] ?? 0);
  const half = found[3]?.toLowerCase();
  if (half && (hour < 1 || hour > 12)) return undefined;
  if (half) hour = hour % 12 + (half === 'p' ? 12 : 0);
  return hour < 24 && minute < 60 ? T.PlainTime.from({ hour, minute }) : undefined;
}
