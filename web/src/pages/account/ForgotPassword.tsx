import { useState } from 'react';
import { Link } from 'react-router';
import { MailCheck } from 'lucide-react';
import { api } from '../../api/client';
import { Button } from '../../look/Button';
import { FormErrors, TextField } from '../../look/Field';
import { Notice, useTitle } from '../../look/Page';
import { useSubmit } from '../../look/useSubmit';
import { t } from '../../words';
import css from './Account.module.css';

export function Component() {
  useTitle(t('forgot.title'));
  const [said, setSaid] = useState<string>();
  const submit = useSubmit(async ({ email = '' }) => setSaid((await api('post', '/api/auth/forgot-password/', { body: { email } })).detail));
  return (
    <>
      <h1>{t('forgot.title')}</h1>
      {said ? <Notice tone="good" role="status" icon={<MailCheck size={18} aria-hidden />}>{said}</Notice> : (
        <form className={css.form} {...submit.form}>
          <p className="soft">{t('forgot.text')}</p>
          <FormErrors errors={submit.besides('email')} />
          <TextField label={t('register.email')} name="email" type="email" autoComplete="email" required errors={submit.of('email')} />
          <Button kind="main" type="submit" className={css.submit} busy={submit.busy}>{t('forgot.do')}</Button>
        </form>
      )}
      <p className={css.foot}><Link to="/login">{t('login.back')}</Link></p>
    </>
  );
}
