import { useEffect, useId, useRef, useState, type KeyboardEvent, type PointerEvent as ReactPointerEvent } from 'react';
import { at, clock, date as dateText, T } from '../../time';
import { t } from '../../words';
import { dayOf } from './axis';
import { entryLabel } from './EntryButton';
import type { Entry } from './entries';
import { isAllDay } from './pieces';
import type { Range, RuleTime } from './rules';
import css from './Month.module.css';

interface Props {
  entries: readonly Entry[];
  blocks: readonly RuleTime[];
  first: Temporal.PlainDate;
  end: Temporal.PlainDate;
  month: number;
  zone: string;
  today: Temporal.PlainDate;
  onOpen: (entry: Entry) => void;
  onMove: (entry: Entry, to: Range) => void;
  onDay: (date: Temporal.PlainDate) => void;
  /** The keyboard went to a date that is not shown. */
  onEdge: (date: Temporal.PlainDate) => void;
}

/** So many stand in a day; the others are in its own view. */
const room = () => matchMedia('(max-width: 720px)').matches ? 2 : 3;

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** Weeks below each other. An entry is dragged to another day; its clocks stay as they are. */
export function Month({ entries, blocks, first, end, month, zone, today, onOpen, onMove, onDay, onEdge }: Props) {
  const weeks = Array.from({ length: first.until(end).days / 7 }, (_, w) => Array.from({ length: 7 }, (_, d) => first.add({ days: 7 * w + d })));
  const dates = weeks.flat();
  const most = room();
  const [chosen, setChosen] = useState(today);
  const current = dates.find((d) => d.equals(chosen)) ?? dates.find((d) => d.month === month && d.day === 1) ?? first;
  // What gets the focus once it is drawn: the chosen day, or the entry that was moved there. That one keeps it while days are fetched and drawn anew, until somebody does something else.
  const wantsFocus = useRef<string>(undefined);
  const grid = useRef<HTMLDivElement>(null);
  const keys = useId();
  const { over, lifted, wasDrag, press } = useDayDrag(grid, moveBy);

  function moveBy(entry: Entry, days: number) {
    const start = at(entry.start, zone).add({ days }).toInstant();
    onMove(entry, { start, end: start.add({ milliseconds: entry.end.epochMilliseconds - entry.start.epochMilliseconds }) });
  }

  useEffect(() => {
    const wanted = wantsFocus.current;
    if (wanted === undefined || !dates.some((d) => d.equals(chosen)) || (document.activeElement !== document.body && !grid.current?.contains(document.activeElement))) return;
    const entry = [...grid.current?.querySelectorAll<HTMLElement>('[data-entry]') ?? []].find((e) => e.dataset.entry === wanted);
    // Where a day has more entries than room, the day stands for them.
    (entry ?? grid.current?.querySelector<HTMLElement>('[data-current="true"]'))?.focus();
    if (wanted === 'day') wantsFocus.current = undefined;
  });

  function pressed(event: KeyboardEvent) {
    const step = steps[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(current.add({ days: step }), 'day');
  }

  function forget() {
    wantsFocus.current = undefined;
  }

  /** Alt with an arrow, as in the other views. */
  function pressedOn(event: KeyboardEvent, entry: Entry) {
    const step = steps[event.key];
    if (step === undefined || !event.altKey || event.ctrlKey || event.metaKey || !entry.movable) return;
    event.preventDefault();
    moveBy(entry, step);
    go(at(entry.start, zone).add({ days: step }).toPlainDate(), entry.key);
  }

  function go(date: Temporal.PlainDate, focus: string) {
    wantsFocus.current = focus;
    setChosen(date);
    if (!dates.some((d) => d.equals(date))) onEdge(date);
  }

  return (
    <>
      <p id={keys} className="unseen">{t('calendar.month.keys')}</p>
      <div ref={grid} className={css.month} role="grid" aria-label={dateText(dates[7] ?? first, { month: 'long', year: 'numeric' })} aria-describedby={keys} tabIndex={-1}
        onKeyDownCapture={forget} onPointerDownCapture={forget}>
        <div role="row" className={css.names}>
          {weeks[0]?.map((date) => <span key={date.dayOfWeek} role="columnheader" aria-label={dateText(date, { weekday: 'long' })}>{dateText(date, { weekday: 'short' })}</span>)}
        </div>
        {weeks.map((week) => (
          <div key={week[0]?.toString()} role="row" className={css.week}>
            {week.map((date) => {
              const day = dayOf(date, zone);
              const here = entries.filter((e) => T.Instant.compare(e.start, day.end) < 0 && T.Instant.compare(e.end, day.start) > 0)
                .sort((a, b) => T.Instant.compare(a.start, b.start) || a.title.localeCompare(b.title));
              const away = blocks.find((b) => b.kind === 'away' && isAllDay(b, day));
              const isCurrent = date.equals(current);
              return (
                <div key={date.toString()} role="gridcell" className={css.day} data-date={date.toString()} data-other={date.month !== month || undefined} data-today={date.equals(today) || undefined}
                  data-over={over === date.toString() || undefined} data-away={away && true}>
                  <button type="button" className={css.number} data-current={isCurrent} tabIndex={isCurrent ? 0 : -1} aria-current={date.equals(today) ? 'date' : undefined}
                    aria-label={[dateText(date, { weekday: 'long', day: 'numeric', month: 'long' }), here.length > 0 && t('list.count', { n: here.length }), away && (away.reason || t('calendar.away'))].filter(Boolean).join(', ')}
                    onKeyDown={pressed} onClick={() => onDay(date)}>{date.day}</button>
                  {away && <span className={css.away}>{away.reason || t('calendar.away')}</span>}
                  {here.slice(0, here.length > most ? most - 1 : most).map((entry) => (
                    <button key={entry.key} type="button" className={css.entry} data-kind={entry.kind} data-off={entry.off || undefined} data-pending={entry.pending || undefined} data-lifted={lifted === entry.key || undefined} data-entry={entry.key}
                      tabIndex={isCurrent ? 0 : -1} title={entryLabel(entry, zone)}
                      onPointerDown={(event) => press(event, entry)} onClick={() => { if (!wasDrag()) onOpen(entry); }} onKeyDown={(event) => pressedOn(event, entry)}>
                      <span className="unseen">{entryLabel(entry, zone)}</span>{T.Instant.compare(entry.start, day.start) >= 0 && <time aria-hidden>{clock(entry.start, zone)}</time>}<span className="clip" aria-hidden>{entry.title}</span>
                    </button>
                  ))}
                  {here.length > most && <button type="button" className={css.more} tabIndex={isCurrent ? 0 : -1} onClick={() => onDay(date)}><span className={css.moreWords}>{t('calendar.more', { n: here.length - most + 1 })}</span><span className={css.moreBrief} aria-hidden>+{here.length - most + 1}</span></button>}
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </>
  );
}

/** Drags an entry over days. Fingers tap here; a day's own view is for their drags. */
function useDayDrag(grid: React.RefObject<HTMLElement | null>, drop: (entry: Entry, days: number) => void) {
  const [dragged, setDragged] = useState<{ key: string; date: string }>();
  const was = useRef(false);

  function press(down: ReactPointerEvent, entry: Entry) {
    was.current = false;
    if (!entry.movable || down.button !== 0 || down.pointerType === 'touch') return;
    const dateAt = (event: PointerEvent) => [...grid.current?.querySelectorAll<HTMLElement>('[data-date]') ?? []].find((cell) => {
      const box = cell.getBoundingClientRect();
      return event.clientX >= box.left && event.clientX < box.right && event.clientY >= box.top && event.clientY < box.bottom;
    })?.dataset.date;
    const from = dateAt(down.nativeEvent);
    const move = (event: PointerEvent) => {
      if (!was.current && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < 5) return;
      was.current = true;
      setDragged({ key: entry.key, date: dateAt(event) ?? '' });
    };
    const end = () => {
      setDragged(undefined);
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', up);
      removeEventListener('pointercancel', end);
      removeEventListener('keydown', escape, true);
    };
    const up = (event: PointerEvent) => {
      end();
      const to = was.current ? dateAt(event) : undefined;
      // By as many days as the hand went: it may have grasped the second day of what goes over midnight.
      if (from && to && to !== from) drop(entry, T.PlainDate.from(from).until(to).days);
    };
    const escape = (event: globalThis.KeyboardEvent) => { if (event.key === 'Escape') end(); };
    addEventListener('pointermove', move);
    addEventListener('pointerup', up);
    addEventListener('pointercancel', end);
    addEventListener('keydown', escape, true);
  }
  return { over: dragged?.date, lifted: dragged?.key, wasDrag: () => was.current, press };
}
