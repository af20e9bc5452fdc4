import { useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { CalendarClock, Check, CircleHelp, MapPin, TriangleAlert, UserRound, X } from 'lucide-react';
import { api } from '../../api/client';
import type { Answered } from '../../api/meetings';
import { ApiError } from '../../api/problems';
import { Badge, Notice, Skeleton, useTitle } from '../../look/Page';
import { browserZone, duration, elsewhere, instant, range, zoneName } from '../../time';
import { t } from '../../words';
import { useFragmentToken } from '../account/fragment';
import { Linked } from '../meetings/Linked';
import css from './Rsvp.module.css';

const icons = { accepted: Check, tentative: CircleHelp, declined: X };

/** An invitation, answered with the link of its mail; nobody has to sign in. Opening it changes nothing. */
export function Component() {
  const token = useFragmentToken();
  useTitle(t('rsvp.title'));
  const [said, setSaid] = useState<Answered>();
  const { data, error, refetch } = useQuery({
    queryKey: ['rsvp', token], enabled: token !== undefined,
    queryFn: ({ signal }) => api('post', '/api/rsvp/read/', { body: { token: token ?? '' }, signal }),
  });
  const answer = useMutation({
    mutationFn: (status: Answered) => api('post', '/api/rsvp/', { body: { token: token ?? '', status } }),
    onSuccess: (_, status) => {
      setSaid(status);
      void refetch();
    },
  });
  if (!token) return <><h1>{t('rsvp.title')}</h1><Notice tone="bad">{t('rsvp.incomplete')}</Notice></>;
  if (error) return <><h1>{t('rsvp.title')}</h1><Notice tone="bad" role="alert">{error instanceof ApiError && error.status === 404 ? t('rsvp.gone') : error.message}</Notice></>;
  if (!data) return <><h1 className="unseen">{t('rsvp.title')}</h1><Skeleton lines={5} label={t('rsvp.loading')} /></>;
  // A guest has no profile: the clocks are those of the device.
  const zone = browserZone();
  const there = elsewhere(data.start_time, data.end_time, data.timezone, zone);
  return (
    <>
      <p className={css.from}>{t('rsvp.from', { who: data.host_name || data.host_email })}</p>
      <h1 className="wrap">{data.title}</h1>
      {data.status !== 'scheduled' && <p><Badge tone="bad">{t(data.status === 'cancelled' ? 'status.cancelled' : 'status.completed')}</Badge></p>}
      <dl className={css.facts}>
        <div>
          <dt><CalendarClock size={18} aria-hidden /><span className="unseen">{t('meeting.when')}</span></dt>
          <dd>
            <time dateTime={data.start_time} className={css.time}>{range(data.start_time, data.end_time, zone)}</time>
            <span className="soft">{duration((instant(data.end_time).epochMilliseconds - instant(data.start_time).epochMilliseconds) / 60_000)} · {zoneName(zone, data.start_time)}</span>
            {there && <span className={css.there}>{there}</span>}
          </dd>
        </div>
        {data.location && <div><dt><MapPin size={18} aria-hidden /><span className="unseen">{t('form.location')}</span></dt><dd className="wrap"><Linked text={data.location} /></dd></div>}
        <div><dt><UserRound size={18} aria-hidden /><span className="unseen">{t('meeting.host')}</span></dt><dd className="wrap">{data.host_name && <span>{data.host_name}</span>}<span className="soft">{data.host_email}</span></dd></div>
      </dl>
      {data.description && <p className={css.description}><Linked text={data.description} /></p>}
      {data.can_answer && data.has_conflict && <Notice tone="warn" icon={<TriangleAlert size={18} aria-hidden />}>{t('rsvp.conflict')}</Notice>}
      {data.can_answer ? (
        <div className={css.answers} role="group" aria-label={t('answers.label', { title: data.title })}>
          {(['accepted', 'tentative', 'declined'] as const).map((status) => {
            const Icon = icons[status];
            return <button key={status} type="button" data-answer={status} aria-pressed={data.your_status === status} disabled={answer.isPending} onClick={() => answer.mutate(status)}><Icon size={18} aria-hidden />{t(`answers.${status}`)}</button>;
          })}
        </div>
      ) : <Notice tone="accent">{t('rsvp.over')}</Notice>}
      <div role="status">
        {answer.error ? <Notice tone="bad">{answer.error.message}</Notice> : said && <Notice tone="good">{t(`rsvp.said.${said}`, { who: data.host_name || data.host_email })}</Notice>}
      </div>
      <p className={css.you}>{t('rsvp.you', { who: data.your_email })} <Link to="/register">{t('rsvp.register')}</Link></p>
    </>
  );
}
