import type { MeetingItem } from '../../api/meetings';
import { useMe } from '../../api/session';
import { clockChange, date, duration, hours, midnight } from '../../time';
import { t } from '../../words';
import { load } from './agenda';
import css from './Week.module.css';

/** How full the days of this week are. The bars are for the eye; the numbers under them say the same. */
export function Week({ all, week, today, zone }: { all: readonly MeetingItem[]; week: Temporal.PlainDate; today: Temporal.PlainDate; zone: string }) {
  const { email } = useMe();
  const days = Array.from({ length: 7 }, (_, n) => week.add({ days: n })).map((day) => ({ day, minutes: load(all, email, day, zone) }));
  const most = Math.max(8 * 60, ...days.map((d) => d.minutes));
  const total = days.reduce((sum, d) => sum + d.minutes, 0);
  const change = clockChange(zone, midnight(week, zone).toInstant(), midnight(week.add({ days: 7 }), zone).toInstant());
  return (
    <>
      <ol className={css.week}>
        {days.map(({ day, minutes }) => (
          <li key={day.toString()} data-today={day.equals(today) || undefined}>
            <span className={css.track} aria-hidden><span className={css.bar} style={{ height: `${minutes / most * 100}%` }} /></span>
            <span className={css.day}><span aria-hidden>{date(day, { weekday: 'short' })}</span><span className="unseen">{date(day, { weekday: 'long' })}</span></span>
            <span className={css.hours}>{minutes > 0 ? hours(minutes) : <><span aria-hidden>–</span><span className="unseen">{t('week.free')}</span></>}</span>
          </li>
        ))}
      </ol>
      <p className="soft small">{total > 0 ? t('week.total', { time: duration(total) }) : t('week.none')}</p>
      {change && <p className={css.change}>{t(change.minutes > 0 ? 'week.forward' : 'week.back', { day: date(change.at.toZonedDateTimeISO(zone).toPlainDate(), { weekday: 'long', day: 'numeric', month: 'long' }), time: duration(Math.abs(change.minutes)) })}</p>}
    </>
  );
}
