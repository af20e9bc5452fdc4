import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '../../api/client';
import { Button } from '../../look/Button';
import { FormErrors, TextField } from '../../look/Field';
import { Notice, useTitle } from '../../look/Page';
import { useSubmit } from '../../look/useSubmit';
import { t } from '../../words';
import { useFragmentToken } from './fragment';
import css from './Account.module.css';

export function Component() {
  useTitle(t('reset.title'));
  const token = useFragmentToken();
  const [said, setSaid] = useState<string>();
  const submit = useSubmit(async ({ new_password = '', new_password2 = '' }) =>
    setSaid((await api('post', '/api/auth/reset-password/', { body: { token: token ?? '', new_password, new_password2 } })).detail));
  const over = submit.of('token') ?? [];
  const usable = token && over.length === 0;
  return (
    <>
      <h1>{t('reset.title')}</h1>
      {!token ? <Notice tone="bad">{t('link.incomplete')}</Notice> : said ? <Notice tone="good" role="status">{said}</Notice> : (
        <form className={css.form} {...submit.form}>
          <FormErrors errors={[...over, ...submit.besides('token', 'new_password', 'new_password2')]} />
          <TextField label={t('reset.new')} name="new_password" type="password" autoComplete="new-password" required hint={t('register.rule')} errors={submit.of('new_password')} />
          <TextField label={t('reset.again')} name="new_password2" type="password" autoComplete="new-password" required errors={submit.of('new_password2')} />
          <Button kind="main" type="submit" className={css.submit} busy={submit.busy}>{t('reset.do')}</Button>
        </form>
      )}
      <p className={css.foot}><Link to={usable ? '/login' : '/forgot-password'}>{usable ? t('login.go') : t('link.again')}</Link></p>
    </>
  );
}
