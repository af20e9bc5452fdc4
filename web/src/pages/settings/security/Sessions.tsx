import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Monitor } from 'lucide-react';
import { api } from '../../../api/client';
import { Button } from '../../../look/Button';
import { Badge, Card, Notice, Skeleton } from '../../../look/Page';
import { say } from '../../../look/Toasts';
import { fromNow, moment, useNow, useZone } from '../../../time';
import { t } from '../../../words';
import { programOf } from './program';
import css from './Sessions.module.css';

const key = ['sessions'];

/** Where I am signed in: browsers by their cookie, programs by their tokens. Each can be ended. */
export function Sessions() {
  const client = useQueryClient();
  const now = useNow();
  const zone = useZone();
  const { data, error } = useQuery({ queryKey: key, queryFn: ({ signal }) => api('get', '/api/auth/sessions/', { signal }) });
  const settled = { onError: (problem: Error) => say(problem.message, { bad: true }), onSettled: () => client.invalidateQueries({ queryKey: key }) };
  const end = useMutation({ mutationFn: (id: number) => api('delete', '/api/auth/sessions/{id}/', { path: { id } }), onSuccess: () => say(t('sessions.ended')), ...settled });
  const others = useMutation({ mutationFn: () => api('delete', '/api/auth/sessions/', {}), onSuccess: () => say(t('sessions.others.ended')), ...settled });
  return (
    <Card title={t('sessions.title')} actions={data && data.length > 1 && <Button size="s" kind="danger" busy={others.isPending} onClick={() => others.mutate()}>{t('sessions.others')}</Button>}>
      {error && <Notice tone="bad">{error.message}</Notice>}
      {!data ? !error && <Skeleton lines={3} label={t('sessions.loading')} /> : (
        <ul className={css.list}>
          {data.map((session) => {
            const program = programOf(session.user_agent) || t('sessions.unknown');
            const Icon = session.kinds.includes('session') ? Monitor : KeyRound;
            return (
              <li key={session.id}>
                <Icon size={18} aria-hidden />
                <div className={css.what}>
                  <span className="wrap">{program} {session.current && <Badge tone="good">{t('sessions.current')}</Badge>}</span>
                  <span className="soft small wrap">{[session.address, session.current ? '' : t('sessions.seen', { when: fromNow(session.last_seen_at, now) }), t('sessions.since', { when: moment(session.created_at, zone) })].filter(Boolean).join(' · ')}</span>
                </div>
                {!session.current && <Button size="s" aria-label={t('sessions.end.of', { what: program })} disabled={end.isPending} onClick={() => end.mutate(session.id)}>{t('sessions.end')}</Button>}
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
