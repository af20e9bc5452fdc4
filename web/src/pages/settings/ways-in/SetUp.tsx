import { useState } from 'react';
import { api, type Schema } from '../../../api/client';
import { Button } from '../../../look/Button';
import { Dialog } from '../../../look/Dialog';
import { FormErrors, TextField } from '../../../look/Field';
import { useSubmit } from '../../../look/useSubmit';
import { t } from '../../../words';
import { YourPassword } from '../YourPassword';
import { QrCode } from './QrCode';
import { RecoveryCodes } from './RecoveryCodes';
import css from './WaysIn.module.css';

/** The password, then the app's first code, then the recovery codes. */
export function SetUp({ onClose, returnTo, changed }: { onClose: () => void; returnTo: HTMLElement; changed: () => Promise<unknown> }) {
  const [secret, setSecret] = useState<Schema['BeginSecondFactorSecret']>();
  const [codes, setCodes] = useState<readonly string[]>();
  const begin = useSubmit(async ({ password = '' }) => setSecret(await api('post', '/api/auth/second-factor/', { body: { password } })));
  const confirm = useSubmit(async ({ code = '' }) => {
    setCodes((await api('post', '/api/auth/second-factor/confirm/', { body: { code } })).recovery_codes);
    await changed();
  });
  if (codes) return <RecoveryCodes codes={codes} onClose={onClose} returnTo={returnTo} />;
  return (
    <Dialog title={t('factor.add.title')} onClose={onClose} returnTo={returnTo}>
      {!secret ? (
        <form key="password" className={css.form} {...begin.form}>
          <FormErrors errors={begin.besides('password')} />
          <YourPassword first needed errors={begin.of('password')} />
          <div className={css.actions}><Button onClick={onClose}>{t('confirm.no')}</Button><Button kind="main" type="submit" busy={begin.busy}>{t('factor.next')}</Button></div>
        </form>
      ) : (
        <form key="code" className={css.form} {...confirm.form}>
          <p>{t('factor.scan')}</p>
          <QrCode text={secret.uri} label={t('factor.qr')} />
          <p><span className="soft small">{t('factor.key')}</span><code className={css.key}>{secret.key.match(/.{1,4}/g)?.join(' ')}</code></p>
          <FormErrors errors={confirm.besides('code')} />
          {/* The dialog goes on: the next thing to do is this field. */}
          {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
          <TextField autoFocus label={t('factor.code')} name="code" inputMode="numeric" autoComplete="one-time-code" required hint={t('factor.others')} errors={confirm.of('code')} />
          <div className={css.actions}><Button onClick={onClose}>{t('confirm.no')}</Button><Button kind="main" type="submit" busy={confirm.busy}>{t('factor.confirm')}</Button></div>
        </form>
      )}
    </Dialog>
  );
}
