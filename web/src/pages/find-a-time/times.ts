import { instant, T } from '../../time';
import type { FreeBusy } from '../../api/availability';
import { instantAt, missingOf, type Axis, type Day } from '../calendar/axis';

/** How somebody stands at a time: theirs to give, taken, outside their hours, or not known here. */
export type State = 'free' | 'busy' | 'outside' | 'unknown';

interface Stretch {
  start: number;
  end: number;
}

/** Somebody's time as numbers, read once for the many questions of a grid. */
export interface Times {
  free: readonly Stretch[];
  busy: readonly Stretch[];
}

export function timesOf(known: FreeBusy): Times {
  const read = (list: FreeBusy['busy']) => list.map((s) => ({ start: instant(s.start_time).epochMilliseconds, end: instant(s.end_time).epochMilliseconds }));
  return { free: read(known.free), busy: read(known.busy) };
}

export function stateAt(times: Times | undefined, start: number, end: number): State {
  if (!times) return 'unknown';
  if (times.busy.some((b) => b.start < end && b.end > start)) return 'busy';
  return times.free.some((f) => f.start <= start && f.end >= end) ? 'free' : 'outside';
}

export interface Cell {
  day: Day;
  position: number;
  start: Temporal.Instant;
}

export const step = 30;

/** The grid's rows of half hours, each with a cell for each day; null: that day does not have this half hour. */
export function rowsBetween(days: readonly Day[], axis: Axis, from: number, to: number): { position: number; cells: (Cell | null)[] }[] {
  const missing = days.map((day) => missingOf(day, axis));
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, n) => from + n * step).map((position) => ({
    position,
    cells: days.map((day, i) => missing[i]?.some((m) => position >= m.from && position < m.to) ? null : { day, position, start: instantAt(position, day, axis) }),
  }));
}

/** From when to when the grid goes: as early and as late as these people's hours do, at least eight to six. Positions, in full hours. */
export function hoursShown(days: readonly Day[], axis: Axis, all: readonly (Times | undefined)[], place: (when: Temporal.Instant, day: Day) => number): { from: number; to: number } {
  let from = 8 * 60, to = 18 * 60;
  for (const times of all) {
    for (const free of times?.free ?? []) {
      for (const day of days) {
        const start = T.Instant.fromEpochMilliseconds(free.start), end = T.Instant.fromEpochMilliseconds(free.end);
        if (T.Instant.compare(start, day.end) >= 0 || T.Instant.compare(end, day.start) <= 0) continue;
        from = Math.min(from, place(start, day));
        to = Math.max(to, place(end, day));
      }
    }
  }
  return { from: Math.floor(from / 60) * 60, to: Math.min(axis.length, Math.ceil(to / 60) * 60) };
}
