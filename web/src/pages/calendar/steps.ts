import type { Lane } from './lanes';

/** A piece of an entry in a column: where it stands, and beside what. */
export interface Piece extends Lane {
  key: string;
  from: number;
  to: number;
}

/** Where the keyboard is: on an entry, or on a free half hour. */
export interface Target {
  column: number;
  position: number;
  key?: string | undefined;
}

export const slot = 30;

/** What is reached at a place: the entry there, if there is one. */
function arrive(columns: readonly (readonly Piece[])[], column: number, position: number, length: number): Target {
  const at = Math.max(0, Math.min(position, length - slot));
  const here = (columns[column] ?? []).filter((p) => p.from < at + slot && p.to > at).sort((a, b) => a.lane - b.lane);
  return { column, position: at, key: here[0]?.key };
}

/** Arrow keys: up and down through the day, left and right between what is at the same time, then between columns. 'before' and 'after': over the edge. */
export function step(columns: readonly (readonly Piece[])[], { column, position, key }: Target, direction: 'up' | 'down' | 'left' | 'right', length: number): Target | 'before' | 'after' {
  const piece = columns[column]?.find((p) => p.key === key);
  switch (direction) {
    case 'down': return arrive(columns, column, piece ? Math.max(position + slot, Math.ceil(piece.to / slot) * slot) : position + slot, length);
    case 'up': return arrive(columns, column, piece ? Math.ceil(piece.from / slot) * slot - slot : position - slot, length);
    case 'left':
    case 'right': {
      const sign = direction === 'left' ? -1 : 1;
      const beside = piece && (columns[column] ?? [])
        .filter((p) => p.from < piece.to && p.to > piece.from && (p.lane - piece.lane) * sign > 0)
        .sort((a, b) => (a.lane - b.lane) * sign || a.from - b.from)[0];
      if (beside) return { column, position: Math.floor(beside.from / slot) * slot, key: beside.key };
      const next = column + sign;
      if (next < 0) return 'before';
      if (next >= columns.length) return 'after';
      const found = arrive(columns, next, position, length);
      // From the right one comes to what stands furthest right.
      const last = sign < 0 && found.key ? (columns[next] ?? []).filter((p) => p.from < found.position + slot && p.to > found.position).sort((a, b) => b.lane - a.lane)[0] : undefined;
      return last ? { ...found, key: last.key } : found;
    }
  }
}
