import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { mayEdit, meetings, type Meeting } from '../../api/meetings';
import { Badge, Card, Notice, Skeleton } from '../../look/Page';
import { moment, range, useZone } from '../../time';
import { t, word } from '../../words';
import { Changes as Values } from '../admin/Changes';
import css from './Log.module.css';

/** What happened to it, and what was mailed. Fetched when it is opened. */
export function Log({ meeting }: { meeting: Meeting }) {
  const [open, setOpen] = useState(false);
  return (
    <details className={`${css.log} no-print`} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('log.title')}</summary>
      {open && (mayEdit(meeting) ? <><History id={meeting.id} /><Mails id={meeting.id} /></> : <Changes id={meeting.id} />)}
    </details>
  );
}

/** For those who run it: everything, with what it was before and became. */
function History({ id }: { id: string }) {
  const { data, error } = useQuery(meetings.audit(id));
  const zone = useZone();
  return (
    <Card title={t('log.changes')}>
      {error ? <Notice tone="bad">{error.message}</Notice> : !data ? <Skeleton lines={3} label={t('log.loading')} /> : (
        <ul className={css.items}>
          {data.map((entry) => (
            <li key={entry.id}>
              <span>{word('did', entry.kind)}{entry.reason && <span className="soft"> ({entry.reason})</span>}</span>
              <span className="soft small wrap">{moment(entry.at, zone)} · {entry.actor?.email || t('audit.nobody')}</span>
              <Values before={entry.before} after={entry.after} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** For the others in it: when it was moved, extended or cancelled. */
function Changes({ id }: { id: string }) {
  const { data } = useQuery(meetings.history(id));
  const zone = useZone();
  return (
    <Card title={t('log.changes')}>
      {!data ? <Skeleton lines={2} label={t('log.loading')} /> : data.length === 0 ? <p className="soft">{t('log.changes.none')}</p> : (
        <ul className={css.items}>
          {data.map((change) => (
            <li key={change.created_at}>
              <span>{word('log', change.kind, { who: change.by })}{change.reason && ` (${change.reason})`}</span>
              <span className="soft small">{moment(change.created_at, zone)} · {range(change.old_start_time, change.old_end_time, zone)}{change.new_start_time && change.new_end_time && ` → ${range(change.new_start_time, change.new_end_time, zone)}`}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Mails({ id }: { id: string }) {
  const { data } = useQuery(meetings.notifications(id));
  const zone = useZone();
  return (
    <Card title={t('log.mails')}>
      {!data ? <Skeleton lines={2} label={t('log.loading')} /> : data.length === 0 ? <p className="soft">{t('log.mails.none')}</p> : (
        <ul className={css.items}>
          {data.map((mail) => (
            <li key={mail.id}>
              <span>{word('mail', mail.notification_type)} · {mail.email} <Badge tone={mail.status === 'sent' ? 'good' : mail.status === 'failed' ? 'bad' : 'plain'}>{word('log', mail.status)}</Badge></span>
              <span className="soft small wrap">{moment(mail.sent_at ?? mail.created_at, zone)}{mail.error && ` · ${mail.error}`}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
