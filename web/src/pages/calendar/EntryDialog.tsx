import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { MapPin, Users } from 'lucide-react';
import { api } from '../../api/client';
import type { OwnEvent } from '../../api/events';
import { mayEdit, type MeetingItem } from '../../api/meetings';
import { ApiError } from '../../api/problems';
import { Button, ButtonLink } from '../../look/Button';
import { Dialog } from '../../look/Dialog';
import { FormErrors, TextField } from '../../look/Field';
import { TimeBox } from '../../look/TimeBox';
import { say } from '../../look/Toasts';
import { useSubmit } from '../../look/useSubmit';
import { at, elsewhere, moment, range, T, wall, zoneName } from '../../time';
import { t } from '../../words';
import { Repeats } from '../meetings/repeat/Repeats';
import type { Entry } from './entries';
import type { Range } from './rules';
import css from './Dialogs.module.css';

interface Props {
  entry: Entry;
  zone: string;
  onClose: () => void;
  /** It may have got another name before. */
  onMove: (to: Range, title: string) => void;
}

/** What an entry is, and where to go from it. One's own time is changed right here. */
export function EntryDialog({ entry, zone, onClose, onMove }: Props) {
  return (
    <Dialog title={entry.title} onClose={onClose}>
      {entry.meeting ? <AboutMeeting meeting={entry.meeting} zone={zone} />
        : entry.event ? <AboutEvent entry={entry} event={entry.event} zone={zone} onClose={onClose} onMove={onMove} />
          : <><p>{range(entry.start, entry.end, zone)}</p><p className="soft">{t('calendar.rule')}</p><div className={css.actions}><ButtonLink to="/dashboard/availability">{t('calendar.rules')}</ButtonLink></div></>}
    </Dialog>
  );
}

function AboutMeeting({ meeting, zone }: { meeting: MeetingItem; zone: string }) {
  const there = elsewhere(meeting.start_time, meeting.end_time, meeting.timezone, zone);
  return (
    <>
      <div className={css.about}>
        <p><time dateTime={meeting.start_time}>{range(meeting.start_time, meeting.end_time, zone)}</time> <span className="soft">{zoneName(zone, meeting.start_time)}</span></p>
        {there && <p className="soft">{there}</p>}
        {meeting.series && <p><Repeats series={meeting.series} zone={meeting.timezone} /></p>}
        {meeting.location && <p><MapPin size={14} aria-hidden /> <span className="wrap">{meeting.location}</span></p>}
        <p><Users size={14} aria-hidden /> {t('list.people', { n: meeting.participant_count + 1 })}</p>
      </div>
      <div className={css.actions}>
        <ButtonLink kind="main" to={`/dashboard/meetings/${meeting.id}`}>{t('calendar.open')}</ButtonLink>
        {mayEdit(meeting) && meeting.status === 'scheduled' && <ButtonLink to={`/dashboard/meetings/${meeting.id}/edit`}>{t('calendar.edit')}</ButtonLink>}
      </div>
    </>
  );
}

function AboutEvent({ entry, event, zone, onClose, onMove }: Props & { event: OwnEvent }) {
  const client = useQueryClient();
  const [date, setDate] = useState(at(entry.start, zone).toPlainDate().toString());
  const [from, setFrom] = useState(at(entry.start, zone).toPlainTime());
  const [to, setTo] = useState(at(entry.end, zone).toPlainTime());
  const days = at(entry.start, zone).toPlainDate().until(at(entry.end, zone).toPlainDate()).days;
  const day = dateOf(date);
  const start = day && wall(day, from, zone), end = day && wall(day.add({ days: days || (T.PlainTime.compare(to, from) <= 0 ? 1 : 0) }), to, zone);
  const isRight = start && end && T.ZonedDateTime.compare(start.zoned, end.zoned) < 0;
  const odd = start?.odd === 'skipped' ? t('calendar.event.skipped', { when: moment(start.zoned.toInstant(), zone) }) : start?.odd === 'doubled' ? t('calendar.event.doubled') : undefined;

  const submit = useSubmit(async ({ title = '', busy }) => {
    if (!isRight) return;
    if (title !== event.title || (busy ? 'busy' : 'free') !== event.event_type) {
      await api('patch', '/api/events/{id}/', { path: { id: event.id }, body: { title, event_type: busy ? 'busy' : 'free' } });
      await client.invalidateQueries();
    }
    const moved = { start: start.zoned.toInstant(), end: end.zoned.toInstant() };
    if (!moved.start.equals(entry.start) || !moved.end.equals(entry.end)) onMove(moved, title);
    onClose();
  });
  // Nobody else knows of it: it is deleted at once, and undoing makes the same again.
  const remove = async () => {
    onClose();
    try {
      await api('delete', '/api/events/{id}/', { path: { id: event.id } });
    } catch (error) {
      say(t('soon.failed', { title: event.title, why: error instanceof ApiError ? error.detail : String(error) }), { bad: true });
    }
    await client.invalidateQueries();
    const { title, description, start_time, end_time } = event;
    say(t('calendar.event.deleted', { title }), {
      seconds: 10,
      undo: () => void api('post', '/api/events/', { body: { title, description, start_time, end_time, event_type: event.event_type === 'free' ? 'free' : 'busy' } }).then(() => client.invalidateQueries()),
    });
  };
  return (
    <form className={css.form} {...submit.form}>
      <FormErrors errors={isRight ? submit.besides('title') : [t('calendar.event.wrong')]} />
      <TextField label={t('calendar.new.what')} name="title" defaultValue={event.title} maxLength={255} errors={submit.of('title')} />
      <div className={css.when}>
        <TextField label={t('calendar.event.date')} type="date" value={date} onChange={(e) => setDate(e.target.value)} hint={zoneName(zone, start?.zoned.toInstant())} />
        <TimeBox label={t('calendar.event.start')} value={from} onChange={setFrom} />
        <TimeBox label={t('calendar.event.end')} value={to} onChange={setTo} after={from} />
      </div>
      {odd && <p className="soft" role="status">{odd}</p>}
      <label className={css.check}><input type="checkbox" name="busy" defaultChecked={event.event_type !== 'free'} /> {t('calendar.new.busy')}</label>
      <div className={css.actions}>
        <Button kind="main" type="submit" busy={submit.busy} disabled={!isRight}>{t('calendar.event.save')}</Button>
        <Button kind="danger" onClick={() => void remove()}>{t('calendar.event.delete')}</Button>
      </div>
    </form>
  );
}

function dateOf(text: string): Temporal.PlainDate | undefined {
  try {
    return T.PlainDate.from(text);
  } catch {
    return undefined;
  }
}
