import { useEffect, useRef, useState, type PointerEvent as ReactPointerEvent, type RefObject } from 'react';
import { T } from '../../time';
import { instantAt, place, snap, type Axis, type Day } from './axis';
import type { Entry } from './entries';
import type { Range } from './rules';

interface Options {
  body: RefObject<HTMLElement | null>;
  scroller: RefObject<HTMLElement | null>;
  columns: readonly { day: Day; who?: string | undefined }[];
  axis: Axis;
  onMove: (entry: Entry, to: Range) => void;
  onCreate: (column: number, range: Range) => void;
}

interface Point {
  column: number;
  position: number;
}

/** Where what is dragged would be. */
interface Ghost {
  range: Range;
  entry?: Entry;
  column: number;
}

/** So far a pointer may tremble while it is pressed, in pixels; so long a finger rests before it grasps, in milliseconds. */
const tremble = 5, rest = 400;
const slot = 30, quarter = 15;

/** Drags: an entry to another time, its end to make it longer, an empty place to make something there. Fingers press long first, so that they can scroll. */
export function useDrag(options: Options) {
  const [ghost, setGhost] = useState<Ghost>();
  const dragging = useRef(false);
  const wasDrag = useRef(false);
  const touch = useRef(false);
  const current = useRef(options);
  useEffect(() => {
    current.current = options;
  });

  useEffect(() => {
    const body = options.body.current;
    // A finger that holds something must not scroll; only a listener that is not passive can say so.
    const hold = (event: TouchEvent) => { if (dragging.current) event.preventDefault(); };
    // And what was a drag is neither a tap nor a swipe.
    const end = (event: TouchEvent) => { if (wasDrag.current) event.preventDefault(); };
    body?.addEventListener('touchmove', hold, { passive: false });
    body?.addEventListener('touchend', end, { passive: false });
    return () => {
      body?.removeEventListener('touchmove', hold);
      body?.removeEventListener('touchend', end);
    };
  }, [options.body]);

  function pointAt(event: { clientX: number; clientY: number }): Point | undefined {
    const { body, columns, axis } = current.current;
    const shown = [...body.current?.querySelectorAll<HTMLElement>('[data-date]') ?? []].map((c) => c.getBoundingClientRect());
    const first = shown[0];
    if (!first) return undefined;
    const column = shown.findIndex((r) => event.clientX < r.right);
    return { column: column < 0 ? columns.length - 1 : column, position: Math.max(0, Math.min(axis.length, (event.clientY - first.top) / first.height * axis.length)) };
  }

  /** Follows one press: `plan` says what a point means; `done` is told the last of it, or nothing if it was only a press. */
  function follow(down: ReactPointerEvent<HTMLElement>, plan: (from: Point, to: Point) => Ghost | undefined, done: (ghost: Ghost | undefined) => void) {
    const from = pointAt(down);
    if (down.button !== 0 || !from) return;
    wasDrag.current = false;
    touch.current = down.pointerType === 'touch';
    let last: Ghost | undefined;
    let begun = false;
    const begin = () => {
      begun = dragging.current = wasDrag.current = true;
      last = plan(from, from);
      setGhost(last);
    };
    const timer = touch.current ? setTimeout(begin, rest) : undefined;
    const move = (event: PointerEvent) => {
      if (event.pointerId !== down.pointerId) return;
      const far = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > tremble;
      if (!begun && far && touch.current) {
        end();
        return;
      }
      if (!begun && far) begin();
      const to = begun && pointAt(event);
      if (!to) return;
      scrollAt(event.clientY);
      last = plan(from, to);
      setGhost(last);
    };
    const end = () => {
      clearTimeout(timer);
      dragging.current = false;
      setGhost(undefined);
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', up);
      removeEventListener('pointercancel', end);
      removeEventListener('keydown', escape, true);
    };
    const up = (event: PointerEvent) => {
      if (event.pointerId !== down.pointerId) return;
      const result = begun ? last : undefined;
      const pressed = !begun && !touch.current;
      end();
      if (result) done(result);
      else if (pressed) done(undefined);
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      end();
    };
    addEventListener('pointermove', move);
    addEventListener('pointerup', up);
    addEventListener('pointercancel', end);
    addEventListener('keydown', escape, true);
  }

  function scrollAt(y: number) {
    const scroller = current.current.scroller.current;
    const box = scroller?.getBoundingClientRect();
    if (!scroller || !box) return;
    if (y < box.top + 70) scroller.scrollTop -= 12;
    else if (y > box.bottom - 30) scroller.scrollTop += 12;
  }

  const instantOf = (point: Point): Temporal.Instant | undefined => {
    const day = current.current.columns[point.column]?.day;
    return day && instantAt(point.position, day, current.current.axis);
  };

  return {
    ghost,
    /** Whether the press that just ended was a drag: then it is no click. */
    wasDrag: () => wasDrag.current,
    isTouch: () => touch.current,

    onSlot(event: ReactPointerEvent<HTMLElement>, column: number) {
      const plan = (from: Point, to: Point): Ghost | undefined => {
        const a = snap(Math.min(from.position, to.position) - (from.position === to.position ? quarter : 0), quarter), b = snap(Math.max(from.position, to.position), quarter);
        const start = instantOf({ column, position: Math.max(0, a) }), end = instantOf({ column, position: Math.max(b, a + (from.position === to.position ? slot : quarter)) });
        return start && end && { range: { start, end }, column };
      };
      const down = pointAt(event);
      follow(event, plan, (found) => {
        const position = Math.floor((down?.position ?? 0) / slot) * slot;
        const start = found?.range.start ?? instantOf({ column, position }), end = found?.range.end ?? instantOf({ column, position: position + slot });
        if (start && end && T.Instant.compare(start, end) < 0) current.current.onCreate(column, { start, end });
      });
    },

    onEntry(event: ReactPointerEvent<HTMLElement>, column: number, entry: Entry, part: 'whole' | 'end') {
      wasDrag.current = false;
      if (!entry.movable) return;
      const { axis, columns } = current.current;
      const length = entry.end.epochMilliseconds - entry.start.epochMilliseconds;
      const day = columns[column]?.day;
      if (!day) return;
      const isFirst = T.Instant.compare(entry.start, day.start) >= 0;
      const plan = (from: Point, to: Point): Ghost | undefined => {
        const target = columns[to.column];
        if (!target || target.who !== undefined) return { entry, column: to.column, range: entry };
        if (part === 'end') {
          const end = instantOf({ ...to, position: snap(to.position, quarter) });
          const least = entry.start.add({ minutes: quarter });
          return end && { entry, column: to.column, range: { start: entry.start, end: T.Instant.compare(end, least) < 0 ? least : end } };
        }
        // Grasped in the middle, it stays in the middle of the hand. What began the day before moves by as much as the hand does.
        const wanted = isFirst
          ? instantOf({ ...to, position: Math.max(0, snap(to.position - (from.position - place(entry.start, day, axis)), quarter)) })
          : instantOf({ ...to, position: snap(to.position, quarter) })?.subtract({ milliseconds: (instantOf({ ...from, position: snap(from.position, quarter) })?.epochMilliseconds ?? 0) - entry.start.epochMilliseconds });
        return wanted && { entry, column: to.column, range: { start: wanted, end: wanted.add({ milliseconds: length }) } };
      };
      follow(event, plan, (found) => {
        if (found && !(found.range.start.equals(entry.start) && found.range.end.equals(entry.end))) current.current.onMove(entry, found.range);
      });
    },
  };
}
