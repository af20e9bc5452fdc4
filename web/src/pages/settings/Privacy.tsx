import { useRef, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Download, Trash2 } from 'lucide-react';
import { useNavigate } from 'react-router';
import { api, type Schema } from '../../api/client';
import { download, keep } from '../../api/download';
import { useMe } from '../../api/session';
import { secondFactor } from '../../api/waysIn';
import { Button } from '../../look/Button';
import { Confirm } from '../../look/Confirm';
import { Select, TextField } from '../../look/Field';
import { Card, Notice } from '../../look/Page';
import { say } from '../../look/Toasts';
import { locale, t } from '../../words';
import css from './Settings.module.css';
import { YourPassword } from './YourPassword';
import { useChangeMe } from './useChangeMe';

const choices = ['public', 'signed_in', 'shared', 'nobody'] as const;
type Choice = (typeof choices)[number];

/** What others see of me, taking along what is mine, and leaving. */
export function Privacy() {
  const account = useMe();
  const change = useChangeMe();
  const [chosen, setChosen] = useState<Schema['ChangeMeBody']['free_busy_visibility']>();
  async function choose(choice: Choice) {
    setChosen(choice);
    await change({ free_busy_visibility: choice }).catch((error: unknown) => say(error instanceof Error ? error.message : String(error), { bad: true }));
    setChosen(undefined);
  }
  const shown = choices.find((choice) => choice === (chosen ?? account.free_busy_visibility)) ?? 'public';
  return (
    <Card title={t('privacy.title')}>
      <Select label={t('privacy.shown')} hint={t(`privacy.shown.${shown}.hint`)} value={shown} onChange={(event) => void choose(event.target.value as Choice)}>
        {choices.map((choice) => <option key={choice} value={choice}>{t(`privacy.shown.${choice}`)}</option>)}
      </Select>
      <Export />
      <Leave />
    </Card>
  );
}

function Export() {
  const [bytes, setBytes] = useState<number>();
  const [problem, setProblem] = useState('');
  const stop = useRef<AbortController>(null);
  async function take() {
    const controller = stop.current = new AbortController();
    setProblem('');
    setBytes(0);
    try {
      const { file, name } = await download('/api/auth/export/', { onProgress: setBytes, signal: controller.signal });
      keep(file, name || 'convene.zip');
      say(t('privacy.export.done'));
    } catch (error) {
      if (!controller.signal.aborted) setProblem(error instanceof Error ? error.message : String(error));
    }
    setBytes(undefined);
  }
  return (
    <div className={css.part}>
      <h3>{t('privacy.export')}</h3>
      <p className="soft small">{t('privacy.export.hint')}</p>
      {problem && <Notice tone="bad" role="alert">{problem}</Notice>}
      {bytes === undefined ? <div><Button icon={<Download size={16} aria-hidden />} onClick={() => void take()}>{t('privacy.export.do')}</Button></div> : (
        <div className={css.going}>
          <label><span role="status">{t('privacy.export.going')}</span> <span className="soft small">{megabytes(bytes)}</span><progress /></label>
          <Button size="s" onClick={() => stop.current?.abort()}>{t('privacy.export.stop')}</Button>
        </div>
      )}
    </div>
  );
}

function Leave() {
  const account = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const { data: factor } = useQuery({ ...secondFactor, enabled: asking });
  const name = account.email || (account.username ?? '');
  async function leave({ password = '', code }: Record<string, string>) {
    const { meetings_cancelled: cancelled } = await api('post', '/api/auth/delete-account/', { body: { password, code } });
    await navigate('/login');
    // Nothing of one person may be left for the next.
    client.clear();
    say(t('privacy.leave.done', { n: cancelled }));
  }
  return (
    <div className={css.part}>
      <h3>{t('privacy.leave')}</h3>
      <p className="soft small">{t('privacy.leave.hint')}</p>
      <div><Button kind="danger" icon={<Trash2 size={16} aria-hidden />} onClick={() => { setTyped(''); setAsking(true); }}>{t('privacy.leave.do')}</Button></div>
      {asking && (
        <Confirm title={t('privacy.leave.title')} text={t('privacy.leave.text')} action={t('privacy.leave.do')} danger disabled={typed.trim().toLowerCase() !== name.toLowerCase()} fields={factor?.enabled ? ['password', 'code'] : ['password']} act={leave} onClose={() => setAsking(false)}>
          {(of) => (
            <>
              <TextField label={t('privacy.leave.type', { name })} value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" autoCapitalize="none" spellCheck={false} data-first />
              <YourPassword errors={of('password')} />
              {factor?.enabled && <TextField label={t('factor.code.any')} name="code" autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} required errors={of('code')} />}
            </>
          )}
        </Confirm>
      )}
    </div>
  );
}

function megabytes(bytes: number): string {
  return new Intl.NumberFormat(locale(), { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 }).format(bytes / 1_000_000);
}
