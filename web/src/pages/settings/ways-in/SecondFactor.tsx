import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../api/client';
import { secondFactor } from '../../../api/waysIn';
import { Button } from '../../../look/Button';
import { Confirm } from '../../../look/Confirm';
import { TextField } from '../../../look/Field';
import { Badge, Card, Notice, Skeleton } from '../../../look/Page';
import { say } from '../../../look/Toasts';
import { moment, useZone } from '../../../time';
import { t } from '../../../words';
import { YourPassword } from '../YourPassword';
import { SetUp } from './SetUp';
import { RecoveryCodes } from './RecoveryCodes';
import css from './WaysIn.module.css';

type Asked = 'add' | 'renew' | 'remove';

/** Codes of an app at sign-in: set up, with new recovery codes, off again. */
export function SecondFactor() {
  const client = useQueryClient();
  const zone = useZone();
  const { data, error } = useQuery(secondFactor);
  const [asking, setAsking] = useState<{ what: Asked; returnTo: HTMLElement }>();
  const [codes, setCodes] = useState<readonly string[]>();
  const changed = () => client.invalidateQueries({ queryKey: secondFactor.queryKey });

  async function act({ password = '', code = '' }: Record<string, string>) {
    const body = { password, code };
    if (asking?.what === 'renew') {
      setCodes((await api('post', '/api/auth/second-factor/recovery-codes/', { body })).recovery_codes);
    } else {
      await api('post', '/api/auth/second-factor/remove/', { body });
      say(t('factor.removed'));
    }
    await changed();
  }

  const ask = (what: Asked) => ({ onClick: (event: { currentTarget: HTMLElement }) => setAsking({ what, returnTo: event.currentTarget }) });
  return (
    <Card title={t('factor.title')} actions={data && <Badge tone={data.enabled ? 'good' : 'plain'}>{t(data.enabled ? 'factor.on' : 'factor.off')}</Badge>}>
      <p className="soft">{t('factor.text')}</p>
      {error && <Notice tone="bad">{error.message}</Notice>}
      {!data ? !error && <Skeleton lines={1} label={t('factor.loading')} /> : !data.enabled ? <div><Button kind="main" {...ask('add')}>{t('factor.add')}</Button></div> : (
        <>
          <p>{[data.since && t('factor.since', { when: moment(data.since, zone) }), t('factor.codes.left', { n: data.recovery_codes_left })].filter(Boolean).join(' · ')}</p>
          <div className={css.buttons}>
            <Button {...ask('renew')}>{t('factor.renew')}</Button>
            <Button kind="danger" {...ask('remove')}>{t('factor.remove')}</Button>
          </div>
        </>
      )}
      {asking?.what === 'add' && <SetUp onClose={() => setAsking(undefined)} returnTo={asking.returnTo} changed={changed} />}
      {asking && asking.what !== 'add' && (
        <Confirm title={t(asking.what === 'renew' ? 'factor.renew' : 'factor.remove.title')} text={t(`factor.${asking.what}.text`)} action={t(`factor.${asking.what}`)} danger={asking.what === 'remove'}
          act={act} onClose={() => setAsking(undefined)} returnTo={asking.returnTo} fields={['password', 'code']}>
          {(of) => (
            <>
              <YourPassword first needed errors={of('password')} />
              <TextField label={t('factor.code.any')} name="code" autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} required errors={of('code')} />
            </>
          )}
        </Confirm>
      )}
      {codes && <RecoveryCodes codes={codes} onClose={() => setCodes(undefined)} />}
    </Card>
  );
}
