import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { LogIn } from 'lucide-react';
import { api } from '../../../api/client';
import { identities, waysIn } from '../../../api/waysIn';
import { Button } from '../../../look/Button';
import { Confirm } from '../../../look/Confirm';
import { Card, Notice, Skeleton } from '../../../look/Page';
import { say } from '../../../look/Toasts';
import { moment, useZone } from '../../../time';
import { t } from '../../../words';
import { YourPassword } from '../YourPassword';
import list from '../security/Sessions.module.css';

/** The OpenID provider, where this server is connected to one. */
export function Provider() {
  const { data } = useQuery(waysIn);
  return data?.provider ? <Identities provider={data.provider} /> : null;
}

function Identities({ provider }: { provider: string }) {
  const client = useQueryClient();
  const zone = useZone();
  const { data, error } = useQuery(identities);
  const settled = { onError: (problem: Error) => say(problem.message, { bad: true }), onSettled: () => client.invalidateQueries({ queryKey: identities.queryKey }) };
  const remove = useMutation({ mutationFn: (id: number) => api('delete', '/api/auth/provider/identities/{id}/', { path: { id } }), onSuccess: () => say(t('identities.removed')), ...settled });
  const [adding, setAdding] = useState(false);
  async function add({ password = '' }: Record<string, string>) {
    location.assign((await api('post', '/api/auth/provider/link/', { body: { password } })).url);
  }
  return (
    <Card title={provider}>
      <p className="soft">{t('identities.text')}</p>
      {error && <Notice tone="bad">{error.message}</Notice>}
      {!data ? !error && <Skeleton lines={1} label={t('identities.loading')} /> : (
        <ul className={list.list}>
          {data.map((identity) => {
            const name = identity.email || t('identities.unnamed');
            return (
              <li key={identity.id}>
                <LogIn size={18} aria-hidden />
                <div className={list.what}><span className="wrap">{name}</span><span className="soft small">{t('passkeys.since', { when: moment(identity.created_at, zone) })}</span></div>
                <Button size="s" aria-label={t('identities.remove.of', { name })} disabled={remove.isPending} onClick={() => remove.mutate(identity.id)}>{t('identities.remove')}</Button>
              </li>
            );
          })}
        </ul>
      )}
      <div><Button onClick={() => setAdding(true)}>{t('identities.add')}</Button></div>
      {adding && (
        <Confirm title={t('identities.add')} text={t('identities.add.text', { provider })} action={t('identities.add.go')} act={add} onClose={() => setAdding(false)} fields={['password']}>
          {(of) => <YourPassword first errors={of('password')} />}
        </Confirm>
      )}
    </Card>
  );
}
