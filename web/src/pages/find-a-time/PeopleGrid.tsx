import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { clock, date as dateText, now, T, timeOfDay, zoneName } from '../../time';
import { listed, t } from '../../words';
import type { Day } from '../calendar/axis';
import { stateAt, step, type Cell, type State, type Times } from './times';
import css from './PeopleGrid.module.css';

export interface Person {
  email: string;
  name: string;
  optional: boolean;
  id: number | undefined;
  times: Times | undefined;
  isUnknown: boolean;
}

interface Props {
  people: readonly Person[];
  rows: readonly { position: number; cells: (Cell | null)[] }[];
  days: readonly Day[];
  zone: string;
  minutes: number;
  pointed: Cell | undefined;
  onPoint: (cell: Cell | undefined) => void;
  onChoose: (cell: Cell) => void;
}

/** Days beside each other, in each a lane for each person. Where a meeting could begin that suits all who must come, it is shaded. */
export function PeopleGrid({ people, rows, days, zone, minutes, pointed, onPoint, onChoose }: Props) {
  const [at, setAt] = useState({ row: 0, column: 0 });
  const grid = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const present = now().epochMilliseconds;
  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  });
  const row = Math.min(at.row, rows.length - 1);

  function pressed(event: KeyboardEvent, cell: Cell | null) {
    const way = ({ ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] } as Readonly<Record<string, [number, number]>>)[event.key];
    if (way) {
      event.preventDefault();
      wantsFocus.current = true;
      setAt({ row: Math.max(0, Math.min(rows.length - 1, row + way[0])), column: Math.max(0, Math.min(days.length - 1, at.column + way[1])) });
    } else if (cell && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      onChoose(cell);
    }
  }

  return (
    <>
      <ul className={css.legend}>
        {people.map((p, n) => <li key={p.email}><b>{n + 1}</b><span className="clip">{p.name}</span>{p.optional && <small>{t('find.optional')}</small>}</li>)}
      </ul>
      <div ref={grid} className={css.grid} role="grid" aria-label={t('find.grid', { zone: zoneName(zone, days[0]?.start) })} onPointerLeave={() => onPoint(undefined)}>
        <div role="row" className={css.row}>
          <span role="columnheader" className={css.time}><span className="unseen">{t('find.time')}</span></span>
          {days.map((d) => (
            <span key={d.date.toString()} role="columnheader" className={css.day} aria-label={dateText(d.date, { weekday: 'long', day: 'numeric', month: 'long' })}>
              <span>{dateText(d.date, { weekday: 'short' })} <strong>{d.date.day}</strong></span>
              <span className={css.numbers} aria-hidden>{people.length <= 6 && people.map((p, n) => <i key={p.email}>{n + 1}</i>)}</span>
            </span>
          ))}
        </div>
        {rows.map(({ position, cells }, r) => {
          const first = cells.find((c) => c !== null);
          return (
            <div key={position} role="row" className={css.row} data-hour={position % 60 === 0 || undefined}>
              <span role="rowheader" className={css.time}>{first && <time className={position % 60 === 0 ? undefined : 'unseen'}>{first.start.toZonedDateTimeISO(zone).minute % 30 === 0 ? timeOfDay(first.start.toZonedDateTimeISO(zone).toPlainTime()) : clock(first.start, zone)}</time>}</span>
              {cells.map((cell, c) => {
                const isCurrent = r === row && c === at.column;
                if (!cell) return <span key={c} role="gridcell" className={css.cell} data-missing tabIndex={isCurrent ? 0 : -1} aria-label={t('calendar.skipped')} onKeyDown={(e) => pressed(e, null)} />;
                const start = cell.start.epochMilliseconds;
                const states = people.map((p) => stateAt(p.times, start, start + minutes * 60_000));
                const suits = start >= present && fits(people, states, false);
                const isPointed = pointed !== undefined && T.Instant.compare(pointed.start, cell.start) <= 0 && start < pointed.start.epochMilliseconds + minutes * 60_000 && pointed.day.date.equals(cell.day.date);
                return (
                  <span key={c} role="gridcell" className={css.cell} tabIndex={isCurrent ? 0 : -1} aria-label={cellName(cell, people, states, suits, zone)} data-suits={suits || undefined} data-all={(suits && fits(people, states, true)) || undefined}
                    data-past={start < present || undefined} data-pointed={isPointed || undefined}
                    onFocus={() => { setAt({ row: r, column: c }); onPoint(cell); }} onPointerEnter={(e) => { if (e.pointerType !== 'touch') onPoint(cell); }} onKeyDown={(e) => pressed(e, cell)}
                    onClick={() => onChoose(cell)}>
                    {people.map((p) => <i key={p.email} data-state={stateAt(p.times, start, start + step * 60_000)} />)}
                  </span>
                );
              })}
            </div>
          );
        })}
      </div>
      <ul className={css.key} aria-hidden>
        {(['suits', 'free', 'busy', 'outside', 'unknown'] as const).filter((k) => k !== 'unknown' || people.some((p) => p.isUnknown)).map((k) => <li key={k}><i data-state={k} />{t(`find.key.${k}`)}</li>)}
      </ul>
    </>
  );
}

/** Whoever is not known here is free as far as anybody can tell. */
function fits(people: readonly Person[], states: readonly State[], withOptional: boolean): boolean {
  return people.every((p, i) => states[i] === 'free' || states[i] === 'unknown' || (p.optional && !withOptional));
}

function cellName(cell: Cell, people: readonly Person[], states: readonly State[], suits: boolean, zone: string): string {
  const when = `${dateText(cell.day.date, { weekday: 'long', day: 'numeric', month: 'long' })}, ${clock(cell.start, zone)}`;
  const missing = people.filter((_, i) => states[i] !== 'free' && states[i] !== 'unknown').map((p) => p.name);
  return missing.length > 0 ? t('find.cell.without', { when, who: listed(missing) }) : suits ? t('find.cell.suits', { when }) : t('find.cell.past', { when });
}
