import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { api } from '../../../api/client';
import { keys, type ApiKey, type NewKey } from '../../../api/keys';
import { useMe } from '../../../api/session';
import { Button } from '../../../look/Button';
import { Confirm } from '../../../look/Confirm';
import { Select, TextField } from '../../../look/Field';
import { Badge, Card, Notice, Skeleton } from '../../../look/Page';
import { say } from '../../../look/Toasts';
import { moment, useNow, useZone } from '../../../time';
import { t } from '../../../words';
import { factsOf } from './facts';
import { YourPassword } from '../YourPassword';
import { ShownKey } from './ShownKey';
import css from './Sessions.module.css';

const lives = [7, 30, 90, 365];

/** Keys for programs of one's own: made, looked after, revoked. */
export function ApiKeys() {
  const { data, error } = useQuery(keys);
  const [asking, setAsking] = useState<ApiKey | 'new'>();
  const [made, setMade] = useState<NewKey>();
  return (
    <Card title={t('keys.title')} actions={<Button size="s" icon={<Plus size={14} aria-hidden />} onClick={() => setAsking('new')}>{t('keys.make')}</Button>}>
      <p className="soft">{t('keys.text')}</p>
      {error ? <Notice tone="bad">{error.message}</Notice> : !data ? <Skeleton lines={2} label={t('keys.loading')} /> : data.length === 0 ? <p className="soft">{t('keys.none')}</p> : (
        <ul className={css.list}>{data.map((key) => <Row key={key.id} of={key} revoke={() => setAsking(key)} />)}</ul>
      )}
      {asking === 'new' ? <Make onMade={setMade} onClose={() => setAsking(undefined)} /> : asking && <Revoke of={asking} onClose={() => setAsking(undefined)} />}
      {made && <ShownKey made={made} onClose={() => setMade(undefined)} />}
    </Card>
  );
}

function Row({ of: key, revoke }: { of: ApiKey; revoke: () => void }) {
  const now = useNow();
  const zone = useZone();
  return (
    <li>
      <KeyRound size={18} aria-hidden />
      <div className={css.what}>
        <span className="wrap">{key.name} <Badge>{t(`keys.scope.${key.scope}`)}</Badge> {key.expired && <Badge tone="bad">{t('keys.expired')}</Badge>}</span>
        <span className="soft small wrap">{factsOf(key, now, zone).join(' · ')}</span>
      </div>
      <Button size="s" aria-label={t('keys.revoke.of', { name: key.name })} onClick={revoke}>{t('keys.revoke')}</Button>
    </li>
  );
}

function Make({ onMade, onClose }: { onMade: (made: NewKey) => void; onClose: () => void }) {
  const client = useQueryClient();
  const { is_staff } = useMe();
  async function make({ name = '', scope, expires_in_days, password = '' }: Record<string, string>) {
    const made = await api('post', '/api/auth/api-keys/', { body: { name, scope: scope as ApiKey['scope'], expires_in_days: expires_in_days === '' ? null : Number(expires_in_days), password } });
    onMade(made);
    await client.invalidateQueries({ queryKey: keys.queryKey });
  }
  return (
    <Confirm title={t('keys.make')} action={t('keys.make')} act={make} onClose={onClose} fields={['name', 'scope', 'expires_in_days', 'password']}>
      {(of) => (
        <>
          <TextField data-first label={t('keys.name')} name="name" maxLength={100} hint={t('keys.name.hint')} errors={of('name')} />
          <Select label={t('keys.scope')} name="scope" errors={of('scope')}>
            {(['read', 'write', ...(is_staff ? ['admin'] as const : [])] as const).map((scope) => <option key={scope} value={scope}>{t(`keys.scope.${scope}.may`)}</option>)}
          </Select>
          <Select label={t('keys.ends')} name="expires_in_days" defaultValue="" errors={of('expires_in_days')}>
            <option value="">{t('keys.ends.standard')}</option>
            {lives.map((n) => <option key={n} value={n}>{t('keys.ends.in', { n })}</option>)}
          </Select>
          <YourPassword errors={of('password')} />
        </>
      )}
    </Confirm>
  );
}

function Revoke({ of: key, onClose }: { of: ApiKey; onClose: () => void }) {
  const client = useQueryClient();
  const zone = useZone();
  async function revoke() {
    await api('delete', '/api/auth/api-keys/{id}/', { path: { id: key.id } });
    await client.invalidateQueries({ queryKey: keys.queryKey });
    say(t('keys.revoked', { name: key.name }));
  }
  return <Confirm title={t('keys.revoke.ask', { name: key.name })} text={t('keys.revoke.text', { when: moment(key.created_at, zone) })} action={t('keys.revoke')} danger act={revoke} onClose={onClose} />;
}
