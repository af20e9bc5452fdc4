import { useState } from 'react';
import { api } from '../../../api/client';
import { Button } from '../../../look/Button';
import { FormErrors, TextField } from '../../../look/Field';
import { Card } from '../../../look/Page';
import { say } from '../../../look/Toasts';
import { useSubmit } from '../../../look/useSubmit';
import { t } from '../../../words';
import { YourPassword } from '../YourPassword';
import css from '../Settings.module.css';

export function Password() {
  const [round, setRound] = useState(0);
  const submit = useSubmit(async ({ old_password = '', new_password = '', new_password2 = '' }) => {
    const { detail } = await api('post', '/api/auth/change-password/', { body: { old_password, new_password, new_password2 } });
    say(detail);
    setRound(round + 1);
  });
  return (
    <Card title={t('settings.password')}>
      <form key={round} className={css.form} {...submit.form}>
        <FormErrors errors={submit.besides('old_password', 'new_password', 'new_password2')} />
        <YourPassword label={t('settings.password.old')} name="old_password" needed errors={submit.of('old_password')} />
        <div className={css.pair}>
          <TextField label={t('reset.new')} name="new_password" type="password" autoComplete="new-password" required hint={t('register.rule')} errors={submit.of('new_password')} />
          <TextField label={t('reset.again')} name="new_password2" type="password" autoComplete="new-password" required errors={submit.of('new_password2')} />
        </div>
        <p className="soft small">{t('settings.password.hint')}</p>
        <div><Button type="submit" busy={submit.busy}>{t('settings.password.do')}</Button></div>
      </form>
    </Card>
  );
}
