import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { date as dateText, T, timeOfDay } from '../../time';
import { t } from '../../words';
import { covers, onDay, rectangle, type Hours } from './paint';
import css from './WeekPainter.module.css';

export type Brush = 'hours' | 'focus';

interface Props {
  hours: readonly Hours[];
  focus: readonly Hours[];
  brush: Brush;
  /** The first column: 0 is Monday. */
  firstDay: number;
  onPaint: (area: Hours[], wipe: boolean) => void;
}

interface Cell {
  day: number;
  minute: number;
}

const step = 30, rows = 48, day = 24 * 60;
const monday = T.PlainDate.from('2024-01-01');

export function dayName(weekday: number, width: 'short' | 'long' = 'long'): string {
  return dateText(monday.add({ days: weekday }), { weekday: width });
}

function clockAt(minute: number): string {
  return timeOfDay(T.PlainTime.from('00:00').add({ minutes: minute }));
}

/**
 * The week in half hours. Painted over with a pointer or, with Shift held, with the arrow keys; what begins on something painted wipes it out.
 * A finger presses a cell; it does not paint over several, because it scrolls.
 */
export function WeekPainter({ hours, focus, brush, firstDay, onPaint }: Props) {
  const [at, setAt] = useState<Cell>({ day: 0, minute: 9 * 60 });
  const [stroke, setStroke] = useState<{ from: Cell; to: Cell; wipe: boolean }>();
  const grid = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const days = Array.from({ length: 7 }, (_, n) => (firstDay + n) % 7);
  const painted = brush === 'hours' ? hours : focus;
  const order = (d: number) => days.indexOf(d);

  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    const cell = grid.current?.querySelector<HTMLElement>('[tabindex="0"]');
    cell?.focus({ preventScroll: true });
    cell?.scrollIntoView({ block: 'nearest' });
  });

  /** Columns may begin on Sunday: the rectangle is that of the columns. */
  const area = ({ from, to }: { from: Cell; to: Cell }) => rectangle({ ...from, day: order(from.day) }, { ...to, day: order(to.day) }, step).map((h) => ({ ...h, day: days[h.day] ?? 0 }));
  const isPainted = (cell: Cell) => covers(painted, { day: cell.day, from: cell.minute, to: cell.minute + step });
  const finish = (done: { from: Cell; to: Cell; wipe: boolean }) => {
    setStroke(undefined);
    onPaint(area(done), done.wipe);
  };

  function press(event: PointerEvent, cell: Cell) {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    event.preventDefault();
    setAt(cell);
    wantsFocus.current = true;
    let current = { from: cell, to: cell, wipe: isPainted(cell) };
    setStroke(current);
    const move = (moved: globalThis.PointerEvent) => {
      const to = cellAt(grid.current, moved);
      if (to) setStroke(current = { ...current, to });
    };
    const end = () => {
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', up);
      removeEventListener('pointercancel', cancel);
    };
    const up = () => { end(); finish(current); };
    const cancel = () => { end(); setStroke(undefined); };
    addEventListener('pointermove', move);
    addEventListener('pointerup', up);
    addEventListener('pointercancel', cancel);
  }

  function pressed(event: KeyboardEvent, cell: Cell) {
    const way = ({ ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] } as Readonly<Record<string, [number, number]>>)[event.key];
    if (way) {
      event.preventDefault();
      const next = { day: days[Math.max(0, Math.min(6, order(cell.day) + way[0]))] ?? 0, minute: Math.max(0, Math.min(day - step, cell.minute + way[1] * step)) };
      if (event.shiftKey) setStroke({ ...(stroke ?? { from: cell, wipe: isPainted(cell) }), to: next });
      setAt(next);
      wantsFocus.current = true;
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      finish({ from: cell, to: cell, wipe: isPainted(cell) });
    } else if (event.key === 'Escape') setStroke(undefined);
  }

  const marked = stroke && area(stroke);
  return (
    <div ref={grid} className={css.grid} role="grid" aria-label={t(`availability.paint.${brush}`)} data-brush={brush}>
      <div role="row" className={css.row}>
        <span role="columnheader"><span className="unseen">{t('find.time')}</span></span>
        {days.map((d) => <span key={d} role="columnheader" className={css.day} aria-label={dayName(d)}>{dayName(d, 'short')}</span>)}
      </div>
      <div className={css.bars} aria-hidden>
        {days.map((d) => (
          <span key={d}>
            {onDay(hours, d).map((r) => <i key={r.from} data-kind="hours" style={{ top: `${r.from / day * 100}%`, height: `${(r.to - r.from) / day * 100}%` }} />)}
            {onDay(focus, d).map((r) => <i key={`focus ${r.from}`} data-kind="focus" style={{ top: `${r.from / day * 100}%`, height: `${(r.to - r.from) / day * 100}%` }} />)}
            {marked?.filter((m) => m.day === d).map((m) => <i key={`mark ${m.from}`} data-kind="mark" data-wipe={stroke?.wipe} style={{ top: `${m.from / day * 100}%`, height: `${(m.to - m.from) / day * 100}%` }} />)}
          </span>
        ))}
      </div>
      {Array.from({ length: rows }, (_, n) => n * step).map((minute) => (
        <div key={minute} role="row" className={css.row} data-hour={minute % 60 === 0 || undefined}>
          <span role="rowheader" className={css.time}><time className={minute % 120 === 0 ? undefined : 'unseen'}>{clockAt(minute)}</time></span>
          {days.map((d) => {
            const cell = { day: d, minute };
            return (
              <span key={d} role="gridcell" className={css.cell} data-cell={`${d} ${minute}`} tabIndex={d === at.day && minute === at.minute ? 0 : -1} aria-selected={isPainted(cell)}
                aria-label={t('availability.cell', { day: dayName(d), from: clockAt(minute), to: clockAt(minute + step) })}
                onPointerDown={(event) => press(event, cell)} onFocus={() => setAt(cell)} onKeyDown={(event) => pressed(event, cell)}
                onKeyUp={(event) => { if (event.key === 'Shift' && stroke) finish(stroke); }}
                onClick={(event) => { if (event.nativeEvent instanceof globalThis.PointerEvent && event.nativeEvent.pointerType === 'touch') finish({ from: cell, to: cell, wipe: isPainted(cell) }); }} />
            );
          })}
        </div>
      ))}
    </div>
  );
}

function cellAt(grid: HTMLElement | null, event: globalThis.PointerEvent): Cell | undefined {
  const found = document.elementsFromPoint(event.clientX, event.clientY).find((e): e is HTMLElement => e instanceof HTMLElement && e.dataset.cell !== undefined && grid?.contains(e) === true);
  const [weekday, minute] = found?.dataset.cell?.split(' ').map(Number) ?? [];
  return weekday === undefined || minute === undefined ? undefined : { day: weekday, minute };
}
