import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { api } from '../../api/client';
import { me } from '../../api/session';
import { Button } from '../../look/Button';
import { FormErrors, TextField } from '../../look/Field';
import { useTitle } from '../../look/Page';
import { useSubmit } from '../../look/useSubmit';
import { setProfileZone } from '../../time';
import { t } from '../../words';
import { inside } from './next';
import css from './Account.module.css';

export function Component() {
  useTitle(t('login.title'));
  const navigate = useNavigate();
  const client = useQueryClient();
  const [query] = useSearchParams();
  const submit = useSubmit(async ({ email = '', password = '' }) => {
    const { user } = await api('post', '/api/auth/login/', { body: { email, password } });
    client.clear();
    setProfileZone(user.timezone);
    client.setQueryData(me.queryKey, user);
    await navigate(inside(query.get('next')), { replace: true });
  });
  return (
    <>
      <h1>{t('login.title')}</h1>
      <form className={css.form} {...submit.form}>
        <FormErrors errors={submit.error?.status === 401 ? [submit.error.detail] : submit.besides('email', 'password', 'username')} />
        <TextField label={t('login.who')} name="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required errors={submit.of('email')} />
        <TextField label={t('login.password')} name="password" type="password" autoComplete="current-password" required errors={submit.of('password')} />
        <Button kind="main" type="submit" className={css.submit} busy={submit.busy}>{t('login.do')}</Button>
      </form>
      <p className={css.between}><Link to="/forgot-password">{t('login.forgot')}</Link><Link to={`/register?${query}`}>{t('login.register')}</Link></p>
    </>
  );
}
