import { Fragment, useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import { Clock } from 'lucide-react';
import type { FreeBusy } from '../../api/availability';
import { at, clock, date as dateText, duration, instant, longDay, placeOf, range as rangeText, T, timeOfDay, useNow, zoneName } from '../../time';
import { t } from '../../words';
import { clocksThere, instantAt, missingOf, place, rowsOf, type Axis, type Day } from './axis';
import { EntryButton, entryLabel } from './EntryButton';
import { ruleKey, type Entry } from './entries';
import { isAllDay, pieceOf, piecesOf } from './pieces';
import type { Range, RuleTime } from './rules';
import { slot, step, type Target } from './steps';
import { useDrag } from './useDrag';
import css from './TimeGrid.module.css';

export interface Column {
  key: string;
  day: Day;
  /** Somebody else, of whom only free and busy time is known. */
  who?: string | undefined;
}

interface Props {
  columns: readonly Column[];
  axis: Axis;
  zone: string;
  also?: string | undefined;
  entries: readonly Entry[];
  open: readonly Range[];
  blocks: readonly RuleTime[];
  others: ReadonlyMap<string, FreeBusy | undefined>;
  onDay: (date: Temporal.PlainDate) => void;
  onOpen: (entry: Entry) => void;
  onCreate: (range: Range, who?: string) => void;
  onMove: (entry: Entry, to: Range) => void;
  /** The keyboard went over the left or right edge. */
  onEdge: (steps: 1 | -1) => void;
}

type Way = 'up' | 'down' | 'left' | 'right';
const arrows: ReadonlyMap<string, Way> = new Map([['ArrowUp', 'up'], ['ArrowDown', 'down'], ['ArrowLeft', 'left'], ['ArrowRight', 'right']]);

const percent = (position: number, axis: Axis) => `${position / axis.length * 100}%`;

/** Days or people side by side, the hours from top to bottom. Every way of the pointer has one of the keyboard. */
export function TimeGrid({ columns, axis, zone, also, entries, open, blocks, others, onDay, onOpen, onCreate, onMove, onEdge }: Props) {
  const now = useNow();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const pieces = useMemo(() => columns.map((c) => c.who === undefined ? piecesOf(entries, c.day, axis) : []), [columns, entries, axis]);
  const rows = useMemo(() => rowsOf(axis), [axis]);
  // The other zone's clocks: in front of the first day, and of each from which on they show something else, because clocks changed here or there.
  const there = useMemo(() => {
    if (!also) return [];
    const shown = columns.map((c) => clocksThere(c.day, axis, also));
    return shown.map((clocks, n) => clocks.join() === shown[n - 1]?.join() ? undefined : clocks);
  }, [columns, axis, also]);
  const today = Math.max(0, columns.findIndex((c) => T.Instant.compare(c.day.start, now) <= 0 && T.Instant.compare(now, c.day.end) < 0));
  const [target, setTarget] = useState<Target>({ column: today, position: 9 * 60 });
  const [select, setSelect] = useState<{ column: number; from: number; to: number }>();
  const [nudge, setNudge] = useState<{ entry: Entry; to: Range }>();
  const [said, setSaid] = useState('');
  const wantsFocus = useRef(false);
  const drag = useDrag({ body, scroller, columns, axis, onMove, onCreate: (column, range) => onCreate(range, columns[column]?.who) });

  useLayoutEffect(() => {
    // The working day first; the night is above.
    if (scroller.current && body.current) scroller.current.scrollTop = body.current.offsetHeight * (7.5 * 60) / axis.length;
  }, [axis.length]);

  const column = Math.min(target.column, columns.length - 1);
  const current = pieces[column]?.some((p) => p.key === target.key) ? target.key : undefined;

  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    const focused = body.current?.querySelector<HTMLElement>('[data-current="true"]');
    focused?.focus({ preventScroll: true });
    focused?.scrollIntoView({ block: 'nearest' });
  });

  function go(to: Target) {
    wantsFocus.current = true;
    setSelect(undefined);
    setTarget(to);
  }

  function arrow(event: KeyboardEvent): Way | undefined {
    const found = arrows.get(event.key);
    if (found) event.preventDefault();
    return found;
  }

  function walk(way: Way) {
    const next = step(pieces, { column, position: target.position, key: current }, way, axis.length);
    if (typeof next !== 'string') {
      go(next);
      return;
    }
    onEdge(next === 'before' ? -1 : 1);
    go({ column: next === 'before' ? columns.length - 1 : 0, position: target.position });
  }

  function onSlotKey(event: KeyboardEvent) {
    const here = columns[column];
    if (!here || event.ctrlKey || event.metaKey) return;
    const way = arrow(event);
    const from = select?.from ?? target.position, to = select?.to ?? target.position + slot;
    if (way && event.shiftKey && (way === 'up' || way === 'down')) {
      const end = Math.max(from + 15, Math.min(axis.length, to + (way === 'down' ? 15 : -15)));
      setSelect({ column, from, to: end });
      setSaid(t('calendar.selected', { when: rangeText(instantAt(from, here.day, axis), instantAt(end, here.day, axis), zone) }));
    } else if (way) walk(way);
    else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onCreate({ start: instantAt(from, here.day, axis), end: instantAt(to, here.day, axis) }, here.who);
      setSelect(undefined);
    } else if (event.key === 'Escape' && select) setSelect(undefined);
  }

  function onEntryKey(event: KeyboardEvent, entry: Entry) {
    if (event.ctrlKey || event.metaKey) return;
    const way = arrow(event);
    if (way && (event.altKey || event.shiftKey)) {
      if (!entry.movable) {
        setSaid(t('calendar.fixed'));
        return;
      }
      const to = nudged(nudge?.to ?? entry, way, event.altKey, zone);
      setNudge({ entry, to });
      setSaid(t('calendar.moving', { title: entry.title, when: `${rangeText(to.start, to.end, zone)}, ${zoneName(zone, to.start)}` }));
    } else if (way) walk(way);
    else if (event.key === 'Escape' && nudge) {
      setNudge(undefined);
      setSaid(t('calendar.kept', { title: entry.title }));
    }
  }

  // However often it was nudged while the key was held: it is one change.
  function settle() {
    if (!nudge) return;
    setNudge(undefined);
    const { entry, to } = nudge;
    if (to.start.equals(entry.start) && to.end.equals(entry.end)) return;
    const there = columns.findIndex((c) => c.who === undefined && T.Instant.compare(c.day.start, to.start) <= 0 && T.Instant.compare(to.start, c.day.end) < 0);
    const day = columns[there]?.day;
    if (day) go({ column: there, position: Math.floor(place(to.start, day, axis) / slot) * slot, key: entry.key });
    onMove(entry, to);
  }

  const ghost = nudge?.to ?? drag.ghost?.range;
  return (
    <section className={css.grid} data-columns={columns.length} aria-label={t('calendar.grid', { zone: zoneName(zone, columns[0]?.day.start) })} aria-describedby={`${id}-keys`}>
      <p id={`${id}-keys`} className="unseen">{t('calendar.keys')}</p>
      <p className="unseen" aria-live="assertive">{said}</p>
      <div ref={scroller} className={css.scroller}>
        <div className={css.head}>
          {there[0] && <Corner zone={also ?? zone} when={columns[0]?.day.start} />}
          <Corner zone={zone} when={columns[0]?.day.start} />
          {columns.map((c, n) => (
            <Fragment key={c.key}>
              {n > 0 && there[n] && <Corner zone={also ?? zone} when={c.day.start} changed />}
              <ColumnHead column={c} isMine={c.who === undefined && columns.some((x) => x.who !== undefined)} isToday={T.Instant.compare(c.day.start, now) <= 0 && T.Instant.compare(now, c.day.end) < 0} onDay={onDay}>
                {(c.who === undefined ? [...blocks, ...entries] : []).filter((e) => isAllDay(e, c.day)).map((e) => 'key' in e
                  ? <button key={e.key} type="button" className={css.allDay} data-kind={e.kind} data-off={e.off || undefined} onClick={() => onOpen(e)}>{e.title}</button>
                  : <span key={ruleKey(e)} className={css.allDay} data-kind={e.kind}>{e.reason || t(`calendar.${e.kind}`)}</span>)}
              </ColumnHead>
            </Fragment>
          ))}
        </div>
        {/* A long press begins a drag; it is not for the browser's menu. */}
        {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
        <div ref={body} className={css.body} style={{ '--rows': axis.length / 60 } as CSSProperties} onContextMenu={(event) => { if (drag.isTouch()) event.preventDefault(); }}>
          {there[0] && <Hours rows={rows} axis={axis} there={there[0]} />}
          <Hours rows={rows} axis={axis} />
          {columns.map((c, n) => {
            const known = c.who === undefined ? undefined : others.get(c.who);
            const free = c.who === undefined ? open : known?.free.map(stretch) ?? [];
            return (
              <Fragment key={c.key}>
                {n > 0 && there[n] && <Hours rows={rows} axis={axis} there={there[n]} changed />}
                <div className={css.column} role="group" aria-label={columnName(c)} data-date={c.day.date.toString()} data-unknown={(c.who !== undefined && !known) || undefined}
                  onPointerDown={(event) => drag.onSlot(event, n)}>
                  {[...free, ...(known?.busy.map(stretch) ?? [])].map((r, i) => <Block key={`free ${i}`} className={css.open} range={r} day={c.day} axis={axis} />)}
                  {rows.map((r) => <span key={r.position} className={css.line} style={{ top: percent(r.position, axis) }} />)}
                  {missingOf(c.day, axis).map((m) => <span key={m.from} className={css.missing} data-kind={m.kind} style={{ top: percent(m.from, axis), height: percent(m.to - m.from, axis) }}>{m.kind === 'skipped' && <span>{t('calendar.skipped')}</span>}</span>)}
                  {c.who === undefined && blocks.filter((b) => !isAllDay(b, c.day)).map((b) => <Block key={ruleKey(b)} className={css.rule} kind={b.kind} range={b} day={c.day} axis={axis}>{b.reason || t(`calendar.${b.kind}`)}</Block>)}
                  {c.who === undefined && [...others].map(([email, theirs], i) => columns.length > 1 && columns.every((x) => x.who === undefined) && theirs?.busy.map(stretch).map((b) => <Block key={email + b.start.toString()} className={css.strip} n={i} range={b} day={c.day} axis={axis}><span className="unseen">{email}: {t('calendar.busy')}</span></Block>))}
                  {known?.busy.map(stretch).map((b) => <Block key={b.start.toString()} className={css.busy} range={b} day={c.day} axis={axis}>{t('calendar.busy')}</Block>)}
                  {pieces[n]?.map((piece) => (
                    <EntryButton key={piece.key} piece={piece} axis={axis} zone={zone} label={entryLabel(piece.entry, zone)} isCurrent={n === column && piece.key === current}
                      isLifted={drag.ghost?.entry?.key === piece.key || nudge?.entry.key === piece.key}
                      onPointerDown={(event, part) => drag.onEntry(event, n, piece.entry, part)} onOpen={() => { if (!drag.wasDrag()) onOpen(piece.entry); }}
                      onFocus={() => { if (n !== column || piece.key !== current) setTarget({ column: n, position: Math.floor(piece.from / slot) * slot, key: piece.key }); }}
                      onKeyDown={(event) => onEntryKey(event, piece.entry)} onKeyUp={(event) => { if (event.key === 'Alt' || event.key === 'Shift') settle(); }} onBlur={settle} />
                  ))}
                  {n === column && current === undefined && (
                    <button type="button" className={css.slot} data-current="true" data-selected={select !== undefined || undefined} onKeyDown={onSlotKey}
                      style={{ top: percent(select?.from ?? target.position, axis), height: percent((select?.to ?? target.position + slot) - (select?.from ?? target.position), axis) }}
                      aria-label={slotName(c, select?.from ?? target.position, select?.to ?? target.position + slot, axis, zone, known)} />
                  )}
                  {ghost && (c.who === undefined ? drag.ghost?.column === undefined || columns[drag.ghost.column]?.who === undefined : drag.ghost?.column === n) && <Block className={css.ghost} range={ghost} day={c.day} axis={axis}>{nudge?.entry.title ?? drag.ghost?.entry?.title}<span>{rangeClocks(ghost, zone)}</span></Block>}
                  {T.Instant.compare(c.day.start, now) <= 0 && T.Instant.compare(now, c.day.end) < 0 && <span className={css.now} style={{ top: percent(place(now, c.day, axis), axis) }} />}
                </div>
              </Fragment>
            );
          })}
        </div>
      </div>
    </section>
  );
}

function stretch(s: { start_time: string; end_time: string }): Range {
  return { start: instant(s.start_time), end: instant(s.end_time) };
}

function rangeClocks({ start, end }: Range, zone: string): string {
  return `${clock(start, zone)} – ${clock(end, zone)}`;
}

/** A quarter of an hour up or down, or a day to the side with the clocks unchanged; or only the end. */
function nudged({ start, end }: Range, way: Way, whole: boolean, zone: string): Range {
  const sign = way === 'up' || way === 'left' ? -1 : 1;
  if (way === 'left' || way === 'right') {
    if (!whole) return { start, end };
    const to = at(start, zone).add({ days: sign }).toInstant();
    return { start: to, end: to.add({ milliseconds: end.epochMilliseconds - start.epochMilliseconds }) };
  }
  const later = end.add({ minutes: 15 * sign });
  if (whole) return { start: start.add({ minutes: 15 * sign }), end: later };
  return { start, end: T.Instant.compare(later, start) > 0 ? later : end };
}

function columnName({ day, who }: Column): string {
  const name = longDay(day.start, day.zone);
  return who === undefined ? name : `${who}, ${name}`;
}

function slotName(column: Column, from: number, to: number, axis: Axis, zone: string, known: FreeBusy | undefined): string {
  const start = instantAt(from, column.day, axis), end = instantAt(to, column.day, axis);
  const day = dateText(column.day.date, { weekday: 'long', day: 'numeric', month: 'long' }), time = rangeClocks({ start, end }, zone);
  if (column.who === undefined) return t('calendar.slot', { day, time });
  const taken = known?.busy.some((b) => T.Instant.compare(instant(b.start_time), end) < 0 && T.Instant.compare(instant(b.end_time), start) > 0);
  return t('calendar.slot.of', { day, time, who: taken ? `${column.who}, ${t('calendar.busy')}` : column.who });
}

function Block({ range, day, axis, className, kind, n, children }: { range: Range; day: Day; axis: Axis; className: string | undefined; kind?: string; n?: number; children?: ReactNode }) {
  const piece = pieceOf(range, day, axis);
  if (!piece) return null;
  return <span className={className} data-kind={kind} data-n={n === undefined ? undefined : n % 6} style={{ top: percent(piece.from, axis), height: percent(piece.to - piece.from, axis) }}>{children}</span>;
}

function Corner({ zone, when, changed }: { zone: string; when: Temporal.Instant | undefined; changed?: boolean }) {
  return <span className={css.corner} data-changed={changed} title={zoneName(zone, when)}>{placeOf(zone)}</span>;
}

/** The clocks at the side: of the rows, or what another zone's show then. */
function Hours({ rows, axis, there, changed }: { rows: ReturnType<typeof rowsOf>; axis: Axis; there?: readonly Temporal.PlainTime[] | undefined; changed?: boolean }) {
  return (
    <div className={css.hours} data-second={there !== undefined || undefined} data-changed={changed} aria-hidden>
      {rows.map((r, n) => r.position > 0 && (
        <span key={r.position} style={{ top: percent(r.position, axis) }}>{timeOfDay(there?.[n] ?? r.time)}{!there && r.again && <em>{t('calendar.again')}</em>}</span>
      ))}
    </div>
  );
}

function ColumnHead({ column: { day, who }, isMine, isToday, onDay, children }: { column: Column; isMine: boolean; isToday: boolean; onDay: (date: Temporal.PlainDate) => void; children: ReactNode[] }) {
  const change = day.fold ? t('calendar.change.back', { by: duration(day.fold.length), time: timeOfDay(T.PlainTime.from('00:00').add({ minutes: day.fold.at + day.fold.length })) })
    : day.gap ? t('calendar.change.forward', { by: duration(day.gap.length), time: timeOfDay(T.PlainTime.from('00:00').add({ minutes: day.gap.at })) }) : undefined;
  return (
    <div className={css.columnHead} data-today={isToday || undefined}>
      <button type="button" className={css.dayName} aria-current={isToday ? 'date' : undefined} onClick={() => onDay(day.date)}>
        <span className="unseen">{columnName({ key: '', day, who })}</span>
        <span className="clip" aria-hidden>{isMine ? t('calendar.me') : who ?? dateText(day.date, { weekday: 'short' })}</span>{who === undefined && !isMine && <strong aria-hidden>{day.date.day}</strong>}
      </button>
      {change && <span className={css.change} title={change}><Clock size={12} aria-hidden /><span>{change}</span></span>}
      {children}
    </div>
  );
}
