import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { api } from '../../api/client';
import { me } from '../../api/session';
import { Button } from '../../look/Button';
import { FormErrors, TextField } from '../../look/Field';
import { useTitle } from '../../look/Page';
import { useSubmit } from '../../look/useSubmit';
import { browserZone, modernName, setProfileZone, zoneName } from '../../time';
import { t } from '../../words';
import { inside } from './next';
import css from './Account.module.css';

export function Component() {
  useTitle(t('register.title'));
  const navigate = useNavigate();
  const client = useQueryClient();
  const [query] = useSearchParams();
  const timezone = modernName(browserZone());
  const submit = useSubmit(async ({ email = '', password = '', first_name = '', last_name = '' }) => {
    const { user } = await api('post', '/api/auth/register/', { body: { email, password, first_name, last_name, timezone } });
    client.clear();
    setProfileZone(user.timezone);
    client.setQueryData(me.queryKey, user);
    await navigate(inside(query.get('next')), { replace: true });
  });
  return (
    <>
      <h1>{t('register.title')}</h1>
      <form className={css.form} {...submit.form}>
        <FormErrors errors={submit.besides('email', 'password', 'first_name', 'last_name')} />
        <div className={css.pair}>
          <TextField label={t('register.first')} name="first_name" autoComplete="given-name" errors={submit.of('first_name')} />
          <TextField label={t('register.last')} name="last_name" autoComplete="family-name" errors={submit.of('last_name')} />
        </div>
        <TextField label={t('register.email')} name="email" type="email" autoComplete="email" required errors={submit.of('email')} />
        <TextField label={t('register.password')} name="password" type="password" autoComplete="new-password" required hint={t('register.rule')} errors={submit.of('password')} />
        <Button kind="main" type="submit" className={css.submit} busy={submit.busy}>{t('register.do')}</Button>
        <p className="soft small">{t('register.zone', { zone: zoneName(timezone) })}</p>
      </form>
      <p className={css.foot}>{t('register.have')} <Link to={`/login?${query}`}>{t('login.do')}</Link></p>
    </>
  );
}
