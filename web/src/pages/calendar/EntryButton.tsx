import type { FocusEventHandler, KeyboardEventHandler, PointerEvent } from 'react';
import { clock, range } from '../../time';
import { t } from '../../words';
import type { Axis } from './axis';
import type { Entry } from './entries';
import type { EntryPiece } from './pieces';
import css from './TimeGrid.module.css';

interface Props {
  piece: EntryPiece;
  axis: Axis;
  zone: string;
  label: string;
  isCurrent: boolean;
  /** It is being moved: its shadow shows where to. */
  isLifted: boolean;
  onPointerDown: (event: PointerEvent<HTMLElement>, part: 'whole' | 'end') => void;
  onOpen: () => void;
  onFocus: () => void;
  onBlur: FocusEventHandler;
  onKeyDown: KeyboardEventHandler;
  onKeyUp: KeyboardEventHandler;
}

export function entryLabel(entry: Entry, zone: string): string {
  return t(entry.off ? 'calendar.entry.off' : entry.pending ? 'calendar.entry.pending' : 'calendar.entry', { title: entry.title, when: range(entry.start, entry.end, zone) });
}

/** One piece of an entry on a day. It is grasped to move it, and at its lower edge to make it longer. */
export function EntryButton({ piece, axis, zone, label, isCurrent, isLifted, onPointerDown, onOpen, ...rest }: Props) {
  const { entry, from, to, lane, lanes, width, before, after } = piece;
  // Whole lines only, the title before all else: an hour is 48 pixels high, a line 16.2, the edges 6 (TimeGrid.module.css).
  const lines = Math.floor(((to - from) * 0.8 - 6) / 16.2);
  return (
    <button type="button" className={css.entry} data-entry={entry.key} data-kind={entry.kind} data-off={entry.off || undefined} data-pending={entry.pending || undefined} data-lifted={isLifted || undefined}
      data-before={before || undefined} data-after={after || undefined} data-current={isCurrent} data-short={lines < 2 || undefined} tabIndex={isCurrent ? 0 : -1} title={label}
      style={{ top: `${from / axis.length * 100}%`, height: `${(to - from) / axis.length * 100}%`, left: `${lane / lanes * 100}%`, width: `${width / lanes * 100}%` }}
      onPointerDown={(event) => { event.stopPropagation(); onPointerDown(event, 'whole'); }} onClick={onOpen} {...rest}>
      <span className="unseen">{label}</span>
      <span className={css.entryTitle} aria-hidden style={{ WebkitLineClamp: Math.max(1, lines - (entry.meeting?.location && lines >= 3 ? 2 : 1)) }}>{entry.title}</span>
      <span className={css.entryTime} aria-hidden>{clock(entry.start, zone)}{lines >= 2 && ` – ${clock(entry.end, zone)}`}</span>
      {entry.meeting?.location && lines >= 3 && <span className={css.entryTime} aria-hidden>{entry.meeting.location}</span>}
      {entry.movable && !after && <span className={css.handle} onPointerDown={(event) => { event.stopPropagation(); onPointerDown(event, 'end'); }} />}
    </button>
  );
}
