import { useQueryClient } from '@tanstack/react-query';
import { MapPin, Users } from 'lucide-react';
import { api } from '../../api/client';
import { repeated, type OwnEvent } from '../../api/events';
import { mayEdit, type MeetingItem } from '../../api/meetings';
import { askScope, meant } from '../../api/scope';
import { later } from '../../api/soon';
import { Button, ButtonLink } from '../../look/Button';
import { Dialog } from '../../look/Dialog';
import { FormErrors, TextField } from '../../look/Field';
import { useSubmit } from '../../look/useSubmit';
import { useWhen } from '../../look/useWhen';
import { elsewhere, range, zoneName } from '../../time';
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
  const { fields, times } = useWhen(entry, zone);
  const submit = useSubmit(async ({ title = '', busy }) => {
    if (!times) return;
    if (title !== event.title || (busy ? 'busy' : 'free') !== event.event_type) {
      await api('patch', '/api/events/{id}/', { path: { id: event.id }, body: { title, event_type: busy ? 'busy' : 'free' } });
      await client.invalidateQueries();
    }
    if (!times.start.equals(entry.start) || !times.end.equals(entry.end)) onMove(times, title);
    onClose();
  });
  const remove = async () => {
    const { id, title } = event, what = repeated(event);
    const scope = await askScope('delete', { title, ...what });
    if (!scope) return;
    onClose();
    later({
      id: what.id, title, said: t(scope === 'this' ? 'soon.delete' : `soon.delete.${scope}`, { title }), about: { kind: 'delete', what: meant(what, scope) },
      send: (keepalive) => api('delete', '/api/events/{id}/', { path: { id }, query: { scope }, keepalive }),
    }, client);
  };
  return (
    <form className={css.form} {...submit.form}>
      <FormErrors errors={times ? submit.besides('title') : [t('when.wrong')]} />
      <TextField label={t('calendar.new.what')} name="title" defaultValue={event.title} maxLength={255} errors={submit.of('title')} />
      {fields()}
      <label className={css.check}><input type="checkbox" name="busy" defaultChecked={event.event_type !== 'free'} /> {t('calendar.new.busy')}</label>
      <div className={css.actions}>
        <Button kind="main" type="submit" busy={submit.busy} disabled={!times}>{t('calendar.event.save')}</Button>
        <Button kind="danger" onClick={() => void remove()}>{t('calendar.event.delete')}</Button>
      </div>
    </form>
  );
}
