import { useState } from 'react';
import { useMe } from '../../api/session';
import { Select } from '../../look/Field';
import { Card } from '../../look/Page';
import { say } from '../../look/Toasts';
import { duration } from '../../time';
import { t } from '../../words';
import { useChangeMe } from './useChangeMe';
import css from './Settings.module.css';

const kinds = ['invitations', 'changes', 'cancellations', 'reminders', 'answers'] as const;
const reminders = [null, 5, 10, 15, 30, 60, 120, 1440];

/** Each choice holds as soon as it is made. */
export function MailChoices() {
  const account = useMe();
  const change = useChangeMe();
  const [busy, setBusy] = useState(false);
  async function choose(body: Parameters<typeof change>[0]) {
    setBusy(true);
    await change(body).catch((error: unknown) => say(error instanceof Error ? error.message : String(error), { bad: true }));
    setBusy(false);
  }
  return (
    <Card title={t('mails.title')}>
      <fieldset className={css.choices} disabled={busy}>
        <legend className="unseen">{t('mails.title')}</legend>
        {kinds.map((kind) => (
          <label key={kind}><input type="checkbox" checked={account.notifications[kind]} onChange={(event) => void choose({ notifications: { [kind]: event.target.checked } })} /><span>{t(`mails.${kind}`)}<span className="soft small">{t(`mails.${kind}.hint`)}</span></span></label>
        ))}
      </fieldset>
      <Select label={t('mails.reminder')} hint={t('mails.reminder.hint')} value={account.default_reminder_minutes ?? ''} disabled={busy} onChange={(event) => void choose({ default_reminder_minutes: event.target.value === '' ? null : Number(event.target.value) })}>
        {[...new Set([...reminders, account.default_reminder_minutes])].map((minutes) => <option key={minutes ?? 'none'} value={minutes ?? ''}>{minutes === null ? t('form.reminder.none') : t('form.reminder.before', { time: duration(minutes) })}</option>)}
      </Select>
    </Card>
  );
}
