import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate, useParams } from 'react-router';
import { Ban, CalendarClock, CalendarPlus, Download, MapPin, Pencil, Printer, Repeat, Trash2, UserRound } from 'lucide-react';
import { mayEdit, meetings, mine, type Meeting } from '../../api/meetings';
import { ApiError } from '../../api/problems';
import { askScope } from '../../api/scope';
import { useMe } from '../../api/session';
import { asItWillBe, soon, useWaiting } from '../../api/soon';
import { Button, ButtonLink } from '../../look/Button';
import { Badge, Card, Empty, Notice, Page, Skeleton } from '../../look/Page';
import { duration, elsewhere, range, useZone, zoneName } from '../../time';
import { t, word } from '../../words';
import { Answers } from './Answers';
import { Documents } from './Documents';
import { Done } from './Done';
import { Linked } from './Linked';
import { Log } from './Log';
import { Participants } from './Participants';
import { Proposals } from './proposals/Proposals';
import { Repeats } from './repeat/Repeats';
import { SeriesDates } from './repeat/SeriesDates';
import css from './MeetingPage.module.css';

export function Component() {
  const { id = '' } = useParams();
  const { data, error } = useQuery(meetings.one(id));
  const waits = useWaiting();
  const { email } = useMe();
  const meeting = data && asItWillBe(data, waits, email);
  if (error instanceof ApiError && error.status === 404) {
    return <Page title={t('meeting.none')}><Empty icon={<CalendarClock size={28} aria-hidden />} title={t('meeting.none')} action={<ButtonLink to="/dashboard/meetings">{t('list.title')}</ButtonLink>}>{t('meeting.none.text')}</Empty></Page>;
  }
  if (error) return <Page title={t('nav.meetings')}><Notice tone="bad" role="alert">{error.message}</Notice></Page>;
  if (!data) return <Page title={t('nav.meetings')}><Card><Skeleton lines={6} label={t('list.loading')} /></Card></Page>;
  // Deleted, and not yet told: it can still be called back from the message.
  if (!meeting) return <Page title={data.title}><Empty title={t('soon.delete', { title: data.title })} action={<ButtonLink to="/dashboard/meetings">{t('list.title')}</ButtonLink>} /></Page>;
  return <Shown meeting={meeting} />;
}

function Shown({ meeting }: { meeting: Meeting }) {
  const zone = useZone();
  const { email } = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const location = useLocation();
  const edit = mayEdit(meeting);
  const isOn = meeting.status === 'scheduled';
  const there = elsewhere(meeting.start_time, meeting.end_time, meeting.timezone, zone);
  const done = (location.state as { done?: Meeting } | null)?.done;
  const doSoon = async (kind: 'cancel' | 'delete') => {
    const scope = await askScope(kind, meeting);
    if (!scope) return;
    soon(kind, meeting, client, { scope });
    if (kind === 'delete') void navigate('/dashboard/meetings');
  };
  return (
    <Page title={meeting.title} actions={
      <>
        {edit && isOn && <ButtonLink to="edit" icon={<Pencil size={15} aria-hidden />}>{t('meeting.edit')}</ButtonLink>}
        <a className={css.file} href={`/api/meetings/${meeting.id}/export-ics/`} download><Download size={15} aria-hidden />{t('meeting.file')}</a>
        <Button icon={<Printer size={15} aria-hidden />} onClick={() => print()} className={css.wide}>{t('meeting.print')}</Button>
        {edit && isOn && <Button kind="danger" icon={<Ban size={15} aria-hidden />} onClick={() => void doSoon('cancel')}>{t('meeting.cancel')}</Button>}
        {meeting.role === 'host' && <Button kind="danger" icon={<Trash2 size={15} aria-hidden />} onClick={() => void doSoon('delete')}>{t('meeting.delete')}</Button>}
      </>
    }>
      {done?.id === meeting.id && <Done meeting={done} />}
      <div className={css.columns}>
        <div className={css.main}>
          <Card>
            <div className={css.states}>
              {!isOn && <Badge tone={meeting.status === 'cancelled' ? 'bad' : 'plain'}>{word('status', meeting.status)}</Badge>}
              {isOn && meeting.schedule_state !== 'scheduled' && <Badge tone="accent">{word('state', meeting.schedule_state)}</Badge>}
              {meeting.role !== 'attendee' && <Badge>{word('role', meeting.role)}</Badge>}
            </div>
            <dl className={css.facts}>
              <div>
                <dt><CalendarClock size={18} aria-hidden /><span className="unseen">{t('meeting.when')}</span></dt>
                <dd>
                  <time dateTime={meeting.start_time} className={css.time}>{range(meeting.start_time, meeting.end_time, zone)}</time>
                  <span className="soft">{duration(meeting.duration_minutes)} · {zoneName(zone, meeting.start_time)}</span>
                  {there && <span className={css.there}>{there}</span>}
                  {meeting.series && <span className={css.repeats}><Repeats series={meeting.series} zone={meeting.timezone} /></span>}
                </dd>
              </div>
              {meeting.series && <div><dt><Repeat size={18} aria-hidden /><span className="unseen">{t('meeting.repeats')}</span></dt><dd className="wrap">{meeting.series.description}</dd></div>}
              {meeting.location && <div><dt><MapPin size={18} aria-hidden /><span className="unseen">{t('form.location')}</span></dt><dd className="wrap"><Linked text={meeting.location} /></dd></div>}
              <div><dt><UserRound size={18} aria-hidden /><span className="unseen">{t('meeting.host')}</span></dt><dd className="wrap">{meeting.host.name || meeting.host.email}<span className="soft">{t('meeting.host')}{meeting.reminder_minutes !== null && ` · ${t('meeting.reminder', { time: duration(meeting.reminder_minutes) })}`}</span></dd></div>
            </dl>
            {meeting.description && <p className={css.description}><Linked text={meeting.description} /></p>}
            {isOn && mine(meeting, email) && <div className={`${css.yours} no-print`}><span>{t('meeting.coming')}</span><Answers meeting={meeting} /></div>}
            {!isOn && edit && <div className="no-print"><ButtonLink to={`/dashboard/meetings/new?title=${encodeURIComponent(meeting.title)}&people=${encodeURIComponent(meeting.participants.map((p) => p.email).join(','))}`} icon={<CalendarPlus size={15} aria-hidden />}>{t('meeting.again')}</ButtonLink></div>}
          </Card>
          <Proposals meeting={meeting} />
          {meeting.series && <SeriesDates meeting={meeting} />}
          <Documents meeting={meeting} />
          <Log meeting={meeting} />
        </div>
        <Participants meeting={meeting} />
      </div>
    </Page>
  );
}
