import { at, clockChange, midnight, T } from '../../time';

/*
 * The vertical axis of days side by side. Rows follow the clocks on the wall: an hour that they skip on one of the days stays, marked as skipped there;
 * an hour that they show twice has a second row. So each instant of each day has one place, and lines run straight across all days.
 * Positions are minutes from the top.
 */

export interface Day {
  date: Temporal.PlainDate;
  zone: string;
  start: Temporal.Instant;
  end: Temporal.Instant;
  /** Clocks go back on this day: from this wall minute on, so many minutes come twice. */
  fold?: Fold & { again: Temporal.Instant };
  /** Clocks go forward on this day: these wall minutes are skipped. */
  gap?: { at: number; length: number; until: Temporal.Instant };
}

export interface Fold {
  at: number;
  length: number;
}

export interface Axis {
  folds: readonly Fold[];
  length: number;
}

const minutesOfDay = 24 * 60;

function minuteOf(zoned: Temporal.ZonedDateTime): number {
  return zoned.hour * 60 + zoned.minute + zoned.second / 60;
}

export function dayOf(date: Temporal.PlainDate, zone: string): Day {
  const start = midnight(date, zone).toInstant(), end = midnight(date.add({ days: 1 }), zone).toInstant();
  const day: Day = { date, zone, start, end };
  const first = minuteOf(at(start, zone));
  if (first > 0) return { ...day, gap: { at: 0, length: first, until: start } };
  const change = clockChange(zone, start, end);
  if (!change) return day;
  const after = minuteOf(at(change.at, zone));
  return change.minutes < 0
    ? { ...day, fold: { at: after, length: -change.minutes, again: change.at } }
    : { ...day, gap: { at: after - change.minutes, length: change.minutes, until: change.at } };
}

export function axisOf(days: readonly Day[]): Axis {
  const folds = new Map<number, Fold>();
  for (const { fold } of days) if (fold && (folds.get(fold.at)?.length ?? 0) < fold.length) folds.set(fold.at, { at: fold.at, length: fold.length });
  const sorted = [...folds.values()].sort((a, b) => a.at - b.at);
  return { folds: sorted, length: sorted.reduce((sum, f) => sum + f.length, minutesOfDay) };
}

/** Where an instant stands on a day; before and after the day, at its edges. */
export function place(when: Temporal.Instant, day: Day, axis: Axis): number {
  if (T.Instant.compare(when, day.start) < 0) return 0;
  if (T.Instant.compare(when, day.end) >= 0) return axis.length;
  return placeOfMinute(minuteOf(at(when, day.zone)), axis, day.fold && T.Instant.compare(when, day.fold.again) >= 0 ? day.fold.at : undefined);
}

function placeOfMinute(minute: number, axis: Axis, again?: number): number {
  let position = minute;
  for (const fold of axis.folds) if (minute >= fold.at + fold.length || (fold.at === again && minute >= fold.at)) position += fold.length;
  return position;
}

/** Where what ends at an instant ends: in front of a skipped hour, not behind it. */
export function placeEnd(when: Temporal.Instant, day: Day, axis: Axis): number {
  if (T.Instant.compare(when, day.end) >= 0) return axis.length;
  return T.Instant.compare(when, day.start) <= 0 ? 0 : Math.round((place(when.subtract({ seconds: 1 }), day, axis) + 1 / 60) * 60) / 60;
}

/** What is meant by a place. In a skipped hour: its end. In a row that this day does not have: the row's end. */
export function instantAt(position: number, day: Day, axis: Axis): Temporal.Instant {
  let minute = Math.max(0, position);
  let again = false;
  for (const fold of axis.folds) {
    if (minute < fold.at + fold.length) break;
    if (minute < fold.at + 2 * fold.length) {
      again = day.fold?.at === fold.at;
      minute = again ? minute - fold.length : fold.at + fold.length;
      break;
    }
    minute -= fold.length;
  }
  if (minute >= minutesOfDay) return day.end;
  if (day.gap && minute >= day.gap.at && minute < day.gap.at + day.gap.length) return day.gap.until;
  const time = T.PlainTime.from('00:00').add({ seconds: Math.round(minute * 60) });
  return day.date.toPlainDateTime(time).toZonedDateTime(day.zone, { disambiguation: again ? 'later' : 'earlier' }).toInstant();
}

export interface Row {
  position: number;
  time: Temporal.PlainTime;
  again: boolean;
}

/** The lines across all days: each full hour, and where an hour begins for the second time. */
export function rowsOf(axis: Axis): Row[] {
  const time = (minute: number) => T.PlainTime.from('00:00').add({ minutes: minute });
  const hours = Array.from({ length: 24 }, (_, hour) => ({ position: placeOfMinute(hour * 60, axis), time: time(hour * 60), again: false }));
  const doubled = axis.folds.map((fold) => ({ position: placeOfMinute(fold.at, axis) + fold.length, time: time(fold.at), again: true }));
  return [...hours, ...doubled].sort((a, b) => a.position - b.position);
}

/** What the clocks of another zone show at each row of a day. */
export function clocksThere(day: Day, axis: Axis, zone: string): Temporal.PlainTime[] {
  return rowsOf(axis).map((row) => at(instantAt(row.position, day, axis), zone).toPlainTime());
}

export interface Missing {
  from: number;
  to: number;
  kind: 'skipped' | 'once';
}

/** What a day does not have of the axis: a skipped hour, or the second row of one that comes once on this day. */
export function missingOf(day: Day, axis: Axis): Missing[] {
  const missing: Missing[] = axis.folds.filter((fold) => fold.at !== day.fold?.at).map((fold) => {
    const from = placeOfMinute(fold.at, axis) + fold.length;
    return { from, to: from + fold.length, kind: 'once' };
  });
  if (day.gap) missing.push({ from: placeOfMinute(day.gap.at, axis), to: placeOfMinute(day.gap.at, axis) + day.gap.length, kind: 'skipped' });
  return missing;
}

/** To the nearest step. */
export function snap(position: number, step = 15): number {
  return Math.round(position / step) * step;
}
