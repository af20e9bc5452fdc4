import { T } from '../../time';
import { place, placeEnd, type Axis, type Day } from './axis';
import type { Entry } from './entries';
import { lanesOf } from './lanes';
import type { Range } from './rules';
import type { Piece } from './steps';

export interface EntryPiece extends Piece {
  entry: Entry;
  /** It began on an earlier day; it goes on on the next. */
  before: boolean;
  after: boolean;
}

/** Ten minutes are as high as one line of text: less could not be read or grasped. */
const lowest = 20;

/** What of a range is on a day; undefined: nothing. */
export function pieceOf(range: Range, day: Day, axis: Axis): { from: number; to: number } | undefined {
  if (T.Instant.compare(range.start, day.end) >= 0 || T.Instant.compare(range.end, day.start) <= 0) return undefined;
  const from = place(range.start, day, axis);
  return { from, to: Math.max(placeEnd(range.end, day, axis), from) };
}

/** Whether something takes up the whole of a day: it stands above the hours. */
export function isAllDay(range: Range, day: Day): boolean {
  return T.Instant.compare(range.start, day.start) <= 0 && T.Instant.compare(range.end, day.end) >= 0;
}

/** A day's entries, those at the same time side by side. */
export function piecesOf(entries: readonly Entry[], day: Day, axis: Axis): EntryPiece[] {
  const found = entries.flatMap((entry) => {
    const piece = isAllDay(entry, day) ? undefined : pieceOf(entry, day, axis);
    return piece ? [{ entry, ...piece, to: Math.min(axis.length, Math.max(piece.to, piece.from + lowest)) }] : [];
  }).sort((a, b) => a.from - b.from || b.to - a.to || a.entry.key.localeCompare(b.entry.key));
  const lanes = lanesOf(found);
  return found.map((piece, i) => ({
    ...piece, key: piece.entry.key, lane: 0, lanes: 1, width: 1, ...lanes[i],
    before: T.Instant.compare(piece.entry.start, day.start) < 0, after: T.Instant.compare(piece.entry.end, day.end) > 0,
  }));
}
