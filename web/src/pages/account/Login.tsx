import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, LogIn } from 'lucide-react';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { api } from '../../api/client';
import { ApiError } from '../../api/problems';
import { me } from '../../api/session';
import { challengeOf, knowsPasskeys, signInByPasskey, waysIn, type SignedIn } from '../../api/waysIn';
import { Button } from '../../look/Button';
import button from '../../look/Button.module.css';
import { FormErrors, TextField } from '../../look/Field';
import { Notice, useTitle } from '../../look/Page';
import { useSubmit } from '../../look/useSubmit';
import { browserZone, modernName, setProfileZone } from '../../time';
import { t, word } from '../../words';
import { fragment } from './fragment';
import { inside } from './next';
import { SecondStep } from './SecondStep';
import css from './Account.module.css';

export function Component() {
  useTitle(t('login.title'));
  const navigate = useNavigate();
  const client = useQueryClient();
  const [query] = useSearchParams();
  const [back] = useState(() => ({ challenge: fragment('challenge'), refused: fragment('provider') }));
  const [challenge, setChallenge] = useState(back.challenge);

  async function enter({ user }: SignedIn) {
    client.clear();
    setProfileZone(user.timezone);
    client.setQueryData(me.queryKey, user);
    await navigate(inside(query.get('next')), { replace: true });
  }

  /** Goes on to the second step, if one is asked for. */
  async function first(step: () => Promise<SignedIn | undefined>) {
    try {
      const signedIn = await step();
      if (signedIn) await enter(signedIn);
    } catch (error) {
      const asked = challengeOf(error);
      if (!asked) throw error;
      setChallenge(asked);
    }
  }

  if (challenge) return <SecondStep challenge={challenge} done={enter} again={() => setChallenge(undefined)} />;
  return <FirstStep first={first} refused={back.refused} query={query} />;
}

function FirstStep({ first, refused, query }: { first: (step: () => Promise<SignedIn | undefined>) => Promise<void>; refused: string | undefined; query: URLSearchParams }) {
  const { data } = useQuery(waysIn);
  const { state } = useLocation() as { state: { signedOut?: boolean } | null };
  const submit = useSubmit(({ email = '', password = '' }) => first(() => api('post', '/api/auth/login/', { body: { email, password } })));
  return (
    <>
      <h1>{t('login.title')}</h1>
      {state?.signedOut && <Notice tone="accent" role="status">{t('login.signedOut')}</Notice>}
      {refused && <Notice tone="bad" role="alert">{word('login.provider', refused)}</Notice>}
      <form className={css.form} {...submit.form}>
        <FormErrors errors={submit.error?.status === 401 ? [submit.error.detail] : submit.besides('email', 'password', 'username')} />
        <TextField label={t('login.who')} name="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required errors={submit.of('email')} />
        <TextField label={t('login.password')} name="password" type="password" autoComplete="current-password" required errors={submit.of('password')} />
        <Button kind="main" type="submit" className={css.submit} busy={submit.busy}>{t('login.do')}</Button>
      </form>
      {(knowsPasskeys() || data?.provider) && (
        <div className={css.others}>
          {knowsPasskeys() && <ByPasskey first={first} />}
          {/* Not a page of ours: the server sends the browser on to the provider. */}
          {data?.provider && <a className={`${button.button} ${button.plain} ${css.submit}`} href={`/api/auth/provider/login/?next=${encodeURIComponent(inside(query.get('next')))}&timezone=${encodeURIComponent(modernName(browserZone()))}`}><LogIn size={16} aria-hidden /><span>{t('login.by', { name: data.provider })}</span></a>}
        </div>
      )}
      <p className={css.between}><Link to="/forgot-password">{t('login.forgot')}</Link><Link to={`/register?${query}`}>{t('login.register')}</Link></p>
    </>
  );
}

function ByPasskey({ first }: { first: (step: () => Promise<SignedIn | undefined>) => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  async function sign() {
    setBusy(true);
    setError(undefined);
    try {
      await first(signInByPasskey);
    } catch (problem) {
      if (!(problem instanceof ApiError)) throw problem;
      setError(problem.detail);
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      {error && <Notice tone="bad" role="alert">{error}</Notice>}
      <Button className={css.submit} icon={<KeyRound size={16} aria-hidden />} busy={busy} onClick={() => void sign()}>{t('login.passkey')}</Button>
    </>
  );
}
