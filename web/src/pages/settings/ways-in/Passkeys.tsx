import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { api } from '../../../api/client';
import { addPasskey, knowsPasskeys, passkeys, type Passkey } from '../../../api/waysIn';
import { Button } from '../../../look/Button';
import { Confirm } from '../../../look/Confirm';
import { TextField } from '../../../look/Field';
import { Card, Notice, Skeleton } from '../../../look/Page';
import { say } from '../../../look/Toasts';
import { fromNow, moment, useNow, useZone } from '../../../time';
import { t } from '../../../words';
import { programOf } from '../security/program';
import { YourPassword } from '../YourPassword';
import list from '../security/Sessions.module.css';

/** Keys that devices keep. */
export function Passkeys() {
  const client = useQueryClient();
  const now = useNow();
  const zone = useZone();
  const { data, error } = useQuery(passkeys);
  const [asking, setAsking] = useState<{ remove?: Passkey; returnTo: HTMLElement }>();
  const changed = () => client.invalidateQueries({ queryKey: passkeys.queryKey });

  async function add({ password = '', name = '' }: Record<string, string>) {
    if (!await addPasskey(password, name)) return;
    say(t('passkeys.added'));
    await changed();
  }

  async function remove({ id }: Passkey) {
    await api('delete', '/api/auth/passkeys/{id}/', { path: { id } });
    say(t('passkeys.removed'));
    await changed();
  }

  return (
    <Card title={t('passkeys.title')}>
      <p className="soft">{t('passkeys.text')}</p>
      {error && <Notice tone="bad">{error.message}</Notice>}
      {!data ? !error && <Skeleton lines={2} label={t('passkeys.loading')} /> : data.length === 0 ? <p className="soft">{t('passkeys.none')}</p> : (
        <ul className={list.list}>
          {data.map((passkey) => (
            <li key={passkey.id}>
              <KeyRound size={18} aria-hidden />
              <div className={list.what}>
                <span className="wrap">{passkey.name}</span>
                <span className="soft small wrap">{[passkey.last_used_at ? t('passkeys.used', { when: fromNow(passkey.last_used_at, now) }) : t('passkeys.unused'), t('passkeys.since', { when: moment(passkey.created_at, zone) })].join(' · ')}</span>
              </div>
              <Button size="s" aria-label={t('passkeys.remove.of', { name: passkey.name })} onClick={(event) => setAsking({ remove: passkey, returnTo: event.currentTarget })}>{t('passkeys.remove')}</Button>
            </li>
          ))}
        </ul>
      )}
      {knowsPasskeys() ? <div><Button onClick={(event) => setAsking({ returnTo: event.currentTarget })}>{t('passkeys.add')}</Button></div> : <p className="soft small">{t('passkeys.unknown')}</p>}
      {asking?.remove && <Confirm title={t('passkeys.remove.title', { name: asking.remove.name })} text={t('passkeys.remove.text')} action={t('passkeys.remove')} danger act={() => asking.remove ? remove(asking.remove) : Promise.resolve()} onClose={() => setAsking(undefined)} returnTo={asking.returnTo} />}
      {asking && !asking.remove && (
        <Confirm title={t('passkeys.add')} action={t('passkeys.add')} act={add} onClose={() => setAsking(undefined)} returnTo={asking.returnTo} fields={['password', 'name']}>
          {(of) => (
            <>
              <YourPassword first needed errors={of('password')} />
              <TextField label={t('passkeys.name')} name="name" maxLength={100} required defaultValue={programOf(navigator.userAgent)} hint={t('passkeys.name.hint')} errors={of('name')} />
            </>
          )}
        </Confirm>
      )}
    </Card>
  );
}
