import { CalendarPlus, MapPin } from 'lucide-react';
import { ButtonLink } from '../../look/Button';
import { Card, Empty } from '../../look/Page';
import { clock, clockChange, clocks, date as dateText, duration, elsewhere, now, T, timeOfDay, today as todayIn, zoneName, at } from '../../time';
import { t } from '../../words';
import { dayOf, type Day } from './axis';
import type { Entry } from './entries';
import { entryLabel } from './EntryButton';
import { isAllDay } from './pieces';
import css from './Agenda.module.css';

/** What of an entry is on that day: the other part stands on the other day. */
function timesOn(entry: Entry, day: Day): string {
  if (isAllDay(entry, day)) return t('calendar.allday');
  if (T.Instant.compare(entry.start, day.start) < 0) return `– ${clock(entry.end, day.zone)}`;
  if (T.Instant.compare(entry.end, day.end) > 0) return `${clock(entry.start, day.zone)} –`;
  return clocks(entry.start, entry.end, day.zone);
}

/** Day after day, as a list. Days with nothing on them are left out. */
export function Agenda({ entries, first, end, zone, onOpen }: { entries: readonly Entry[]; first: Temporal.PlainDate; end: Temporal.PlainDate; zone: string; onOpen: (entry: Entry) => void }) {
  const today = todayIn(now(), zone);
  const days = Array.from({ length: first.until(end).days }, (_, n) => dayOf(first.add({ days: n }), zone)).map((day) => ({
    ...day, change: clockChange(zone, day.start, day.end),
    here: entries.filter((e) => T.Instant.compare(e.start, day.end) < 0 && T.Instant.compare(e.end, day.start) > 0).sort((a, b) => T.Instant.compare(a.start, b.start)),
  })).filter((d) => d.here.length > 0 || d.change);
  if (days.every((d) => d.here.length === 0)) {
    return (
      <Card>
        <Empty icon={<CalendarPlus size={28} aria-hidden />} title={t('calendar.empty', { from: dateText(first), to: dateText(end.subtract({ days: 1 })) })}
          action={<ButtonLink kind="main" to="/dashboard/meetings/new">{t('nav.create')}</ButtonLink>}>{t('calendar.empty.text')}</Empty>
      </Card>
    );
  }
  return (
    <ol className={css.agenda}>
      {days.map((day) => (
        <li key={day.date.toString()} className={css.day}>
          <h2 className={css.date} data-today={day.date.equals(today) || undefined}>
            <strong>{day.date.day}</strong><span>{dateText(day.date, { weekday: 'long' })}<small>{dateText(day.date, { month: 'long', year: 'numeric' })}</small></span>
          </h2>
          <ul className={css.entries}>
            {day.change && <li className={css.change}>{t(day.change.minutes > 0 ? 'calendar.change.forward' : 'calendar.change.back', { by: duration(Math.abs(day.change.minutes)), time: timeOfDay(at(day.change.at.subtract({ seconds: 1 }), zone).toPlainTime().add({ seconds: 1 })) })}</li>}
            {day.here.map((entry) => (
              <li key={entry.key}>
                <button type="button" className={css.entry} data-kind={entry.kind} data-off={entry.off || undefined} data-pending={entry.pending || undefined} onClick={() => onOpen(entry)}>
                  <span className="unseen">{entryLabel(entry, zone)}, {zoneName(zone, entry.start)}</span>
                  <span className={css.time} aria-hidden>{timesOn(entry, day)}</span>
                  <span className={css.what} aria-hidden>
                    <span className={css.title}>{entry.title}</span>
                    {entry.meeting && <span className={css.about}>{[elsewhere(entry.start, entry.end, entry.meeting.timezone, zone)].filter(Boolean).map((there) => <span key={there}>{there}</span>)}{entry.meeting.location && <span><MapPin size={12} aria-hidden /> {entry.meeting.location}</span>}</span>}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
