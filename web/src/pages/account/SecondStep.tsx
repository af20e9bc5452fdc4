import { api } from '../../api/client';
import { codeOf, type SignedIn } from '../../api/waysIn';
import { Button } from '../../look/Button';
import { FormErrors, TextField } from '../../look/Field';
import { useSubmit } from '../../look/useSubmit';
import { t } from '../../words';
import css from './Account.module.css';

/** The password was right: now a code of the app, or a recovery code. */
export function SecondStep({ challenge, done, again }: { challenge: string; done: (signedIn: SignedIn) => Promise<void>; again: () => void }) {
  const submit = useSubmit(async ({ code = '' }) => done(await api('post', '/api/auth/login/second-factor/', { body: { challenge, code } })));
  const over = submit.error !== undefined && codeOf(submit.error) === 'challenge_over';
  const wrong = submit.error !== undefined && codeOf(submit.error) === 'second_factor_wrong';
  return (
    <>
      <h1>{t('second.title')}</h1>
      <form className={css.form} {...submit.form}>
        <p className="soft">{t('second.text')}</p>
        <FormErrors errors={wrong ? [] : submit.besides('code')} />
        {/* Whoever came here has said who they are and waits for exactly this field. */}
        {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
        {!over && <TextField autoFocus label={t('second.code')} name="code" autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} required hint={t('second.hint')} errors={wrong ? [submit.error?.detail ?? ''] : submit.of('code')} />}
        {!over && <Button kind="main" type="submit" className={css.submit} busy={submit.busy}>{t('login.do')}</Button>}
        <Button className={css.submit} kind={over ? 'main' : 'plain'} onClick={again}>{t('second.again')}</Button>
      </form>
    </>
  );
}
