import { Link } from 'react-router';
import { MapPin, Users } from 'lucide-react';
import { mine, type MeetingItem } from '../../api/meetings';
import { useMe } from '../../api/session';
import { Badge } from '../../look/Page';
import { at, clocks, day, duration, elsewhere, now, useZone } from '../../time';
import { t, word } from '../../words';
import css from './MeetingRow.module.css';

/** A meeting in a list: when, what, where, with how many, and how it stands. */
export function MeetingRow({ meeting, withDay = true }: { meeting: MeetingItem; withDay?: boolean }) {
  const zone = useZone();
  const { email } = useMe();
  const there = elsewhere(meeting.start_time, meeting.end_time, meeting.timezone, zone);
  const answer = mine(meeting, email)?.status;
  const overDays = !at(meeting.start_time, zone).toPlainDate().equals(at(meeting.end_time, zone).toPlainDate());
  return (
    <li className={css.row} data-off={meeting.status === 'cancelled' || answer === 'declined' || undefined}>
      <div className={css.when}>
        {withDay && <span className={css.day}>{day(meeting.start_time, zone, at(now(), zone).year)}</span>}
        <time dateTime={meeting.start_time}>{overDays ? `${clocks(meeting.start_time, meeting.start_time, zone)} · ${duration(meeting.duration_minutes)}` : clocks(meeting.start_time, meeting.end_time, zone)}</time>
      </div>
      <div className={css.what}>
        <Link to={`/dashboard/meetings/${meeting.id}`} className={css.title}>{meeting.title}</Link>
        <div className={css.about}>
          {there && <span>{there}</span>}
          {meeting.location && <span className={css.part}><MapPin size={13} aria-hidden /><span className="clip">{meeting.location}</span></span>}
          <span className={css.part}><Users size={13} aria-hidden />{t('list.people', { n: meeting.participant_count + 1 })}</span>
        </div>
      </div>
      <div className={css.state}>
        {meeting.status !== 'scheduled' ? <Badge tone={meeting.status === 'cancelled' ? 'bad' : 'plain'}>{word('status', meeting.status)}</Badge>
          : answer ? <Badge tone={answer === 'accepted' ? 'good' : answer === 'declined' ? 'bad' : answer === 'tentative' ? 'warn' : 'accent'}>{word('answer', answer)}</Badge>
            : meeting.role === 'host' && <Badge>{t('role.host')}</Badge>}
      </div>
    </li>
  );
}
