import { locale } from '../words';
import { offsetOf, placeOf, sameZone, viewerZone } from './zones';
import { at, instant } from './wall';

const formats = new Map<string, Intl.DateTimeFormat>();

// Making one costs more than using it a thousand times.
function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale() + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) formats.set(key, made = new Intl.DateTimeFormat(locale(), options));
  return made;
}

// "04:00" beside "13:00"; but "4:00 AM".
function hour(): '2-digit' | 'numeric' {
  return format({ hour: 'numeric', timeZone: 'UTC' }).resolvedOptions().hour12 ? 'numeric' : '2-digit';
}

type When = Temporal.Instant | string;

function ms(when: When): number {
  return (typeof when === 'string' ? instant(when) : when).epochMilliseconds;
}

/** "14:30" or "2:30 PM", as the language has it. */
export function clock(when: When, zone: string = viewerZone()): string {
  return format({ hour: hour(), minute: '2-digit', timeZone: zone }).format(ms(when));
}

/** "Mon, 4 Mar" with the year only where it isn't this one. */
export function day(when: When, zone: string = viewerZone(), thisYear?: number): string {
  const year = at(when, zone).year;
  return format({ weekday: 'short', day: 'numeric', month: 'short', timeZone: zone, ...(year === thisYear ? {} : { year: 'numeric' }) }).format(ms(when));
}

/** "Monday, 4 March 2030". */
export function longDay(when: When, zone: string = viewerZone()): string {
  return format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: zone }).format(ms(when));
}

/** "Monday, 4 March 2030 at 14:30": for logs and tooltips. */
export function moment(when: When, zone: string = viewerZone()): string {
  return format({ dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(ms(when));
}

// German ends a range of times with a word ("10:30–11:30 Uhr"): it must not stand on a line of its own.
function whole(text: string): string {
  return text.replace(/ (?=\p{L}+$)/u, '\u00a0');
}

/** "14:30 – 15:00". A range over midnight names the days. */
export function clocks(from: When, to: When, zone: string = viewerZone()): string {
  return whole(format({ hour: hour(), minute: '2-digit', timeZone: zone }).formatRange(ms(from), ms(to)));
}

/** "Mon, 4 Mar 2030, 14:30 – 15:00". */
export function range(from: When, to: When, zone: string = viewerZone()): string {
  return whole(format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: hour(), minute: '2-digit', timeZone: zone }).formatRange(ms(from), ms(to)));
}

/** A date that belongs to no zone. */
export function date(plain: Temporal.PlainDate, options: Intl.DateTimeFormatOptions = { dateStyle: 'medium' }): string {
  return format({ ...options, timeZone: 'UTC' }).format(plain.toZonedDateTime('UTC').epochMilliseconds);
}

/** A time of day that belongs to no date. (Not of 1970's first day: what fakes the clock for tests takes 0 for now.) */
export function timeOfDay(time: Temporal.PlainTime): string {
  return format({ hour: hour(), minute: '2-digit', timeZone: 'UTC' }).format(86_400_000 + (time.hour * 60 + time.minute) * 60_000);
}

/** "Berlin (UTC+01:00)". */
export function zoneName(zone: string, when?: When): string {
  return sameZone(zone, 'UTC') ? 'UTC' : `${placeOf(zone)} (${offsetOf(zone, when === undefined ? undefined : typeof when === 'string' ? instant(when) : when)})`;
}

/** The same range on the meeting's own clocks, if those show something else than the viewer's. */
export function elsewhere(from: When, to: When, zone: string, viewer: string = viewerZone()): string | undefined {
  if (sameZone(zone, viewer) || at(from, zone).offset === at(from, viewer).offset) return undefined;
  const sameDay = at(from, zone).toPlainDate().equals(at(from, viewer).toPlainDate());
  return `${sameDay ? clocks(from, to, zone) : range(from, to, zone)} ${placeOf(zone)}`;
}

/** "1.5 h": where there is little room. */
export function hours(minutes: number): string {
  return new Intl.NumberFormat(locale(), { style: 'unit', unit: 'hour', unitDisplay: 'narrow', maximumFractionDigits: 1 }).format(minutes / 60);
}

/** "1h 30m", "45m", as the language shortens it. */
export function duration(minutes: number): string {
  const part = (value: number, unit: string) => new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: unit === 'day' ? 'long' : unit === 'minute' && minutes < 60 ? 'short' : 'narrow' }).format(value);
  const days = Math.floor(minutes / 1440), hours = Math.floor(minutes % 1440 / 60), rest = minutes % 60;
  return [days && part(days, 'day'), hours && part(hours, 'hour'), (rest || minutes === 0) && part(rest, 'minute')].filter(Boolean).join(' ');
}

/** "in 12 minutes", "2 hours ago". */
export function fromNow(when: When, now: Temporal.Instant): string {
  const seconds = (ms(when) - now.epochMilliseconds) / 1000;
  const steps: [number, Intl.RelativeTimeFormatUnit][] = [[86_400, 'day'], [3_600, 'hour'], [60, 'minute']];
  for (const [size, unit] of steps) {
    if (Math.abs(seconds) >= size) return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
  }
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(0, 'minute');
}
