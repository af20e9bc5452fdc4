import { CopyPlus, Plus, X } from 'lucide-react';
import { IconButton } from '../../look/Button';
import { TimeBox } from '../../look/TimeBox';
import { T } from '../../time';
import { t } from '../../words';
import { tidy, type Hours } from './paint';
import { dayName } from './WeekPainter';
import css from './Availability.module.css';

const day = 24 * 60;
const timeAt = (minute: number) => T.PlainTime.from('00:00').add({ minutes: minute });
const minuteOf = (time: Temporal.PlainTime) => time.hour * 60 + time.minute;

/** The same week in words: several ranges a day, also over midnight. */
export function TypedHours({ hours, label, firstDay, onChange }: { hours: readonly Hours[]; label: string; firstDay: number; onChange: (hours: Hours[]) => void }) {
  const replace = (old: Hours, to?: Hours) => onChange(tidy([...hours.filter((h) => h !== old), ...(to ? [to] : [])]));
  return (
    <ul className={css.typed} aria-label={label}>
      {Array.from({ length: 7 }, (_, n) => (firstDay + n) % 7).map((d) => {
        const own = hours.filter((h) => h.day === d);
        const name = dayName(d);
        const last = own.at(-1);
        const next = last ? Math.min(last.to + 60, day - 60) : 9 * 60;
        return (
          <li key={d} className={css.day}>
            <span className={css.dayName}>{name}</span>
            <div className={css.ranges}>
              {own.length === 0 && <span className={css.closed}>{t('availability.closed')}</span>}
              {own.map((h) => (
                <div key={`${h.from} ${h.to}`} className={css.range}>
                  <TimeBox label={t('availability.start.of', { day: name })} value={timeAt(h.from)} onChange={(time) => { const from = minuteOf(time); replace(h, { ...h, from, to: h.to > day ? h.to : from < h.to ? h.to : h.to + day }); }} />
                  <span aria-hidden>–</span>
                  <TimeBox label={t('availability.end.of', { day: name })} value={timeAt(h.to)} onChange={(time) => { const to = minuteOf(time); replace(h, { ...h, to: to <= h.from ? to + day : to }); }} after={timeAt(h.from)} />
                  <IconButton label={t('availability.remove.of', { day: name })} onClick={() => replace(h)}><X size={16} aria-hidden /></IconButton>
                </div>
              ))}
            </div>
            <div className={css.buttons}>
              <IconButton label={t('availability.add.of', { day: name })} disabled={last !== undefined && last.to >= day - 60} onClick={() => onChange(tidy([...hours, { day: d, from: next, to: last ? next + 60 : 17 * 60 }]))}><Plus size={16} aria-hidden /></IconButton>
              <IconButton label={t('availability.copy', { day: name })} disabled={own.length === 0} onClick={() => onChange(tidy([...hours.filter((h) => h.day > 4), ...[0, 1, 2, 3, 4].flatMap((to) => own.map((h) => ({ ...h, day: to })))]))}><CopyPlus size={16} aria-hidden /></IconButton>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
