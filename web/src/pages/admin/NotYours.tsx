import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ShieldAlert } from 'lucide-react';
import { claim } from '../../api/admin';
import { api } from '../../api/client';
import { me } from '../../api/session';
import { Button, ButtonLink } from '../../look/Button';
import { FormErrors, TextField } from '../../look/Field';
import { Card, Empty, Notice, Page, Skeleton } from '../../look/Page';
import { say } from '../../look/Toasts';
import { useSubmit } from '../../look/useSubmit';
import { t } from '../../words';
import css from './Admin.module.css';

/** For who is no administrator: that it is so; and while the house waits for its first one, how to become it. */
export function NotYours() {
  const { data, error } = useQuery(claim);
  return (
    <Page title={t('nav.admin')} width="s">
      {error && <Notice tone="bad" role="alert">{error.message}</Notice>}
      <Card>
        {!data ? !error && <Skeleton label={t('shell.loading')} /> : data.open ? <Claim /> : (
          <Empty icon={<ShieldAlert size={28} aria-hidden />} title={t('admin.no.title')} action={<ButtonLink to="/dashboard">{t('missing.home')}</ButtonLink>}>{t('admin.no.text')}</Empty>
        )}
      </Card>
    </Page>
  );
}

function Claim() {
  const client = useQueryClient();
  const submit = useSubmit(async ({ token = '' }) => {
    const account = await api('post', '/api/admin/claim/', { body: { token: token.trim() } });
    client.setQueryData(me.queryKey, account);
    say(t('claim.done'));
  });
  return (
    <form className={css.claim} {...submit.form}>
      <h2>{t('claim.title')}</h2>
      <p>{t('claim.text')}</p>
      <FormErrors errors={submit.besides('token')} />
      <TextField label={t('claim.token')} name="token" required autoComplete="off" autoCapitalize="none" spellCheck={false} hint={t('claim.hint')} errors={submit.of('token')} />
      <div><Button kind="main" type="submit" busy={submit.busy}>{t('claim.do')}</Button></div>
    </form>
  );
}
