import { useState } from 'react';
import type { Schema } from '../../api/client';
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
  // What was chosen shows at once, and goes back by itself if the server refuses it.
  const [chosen, setChosen] = useState<Schema['ChangeMeBody']>({});
  async function choose(body: Schema['ChangeMeBody']) {
    setChosen(body);
    await change(body).catch((error: unknown) => say(error instanceof Error ? error.message : String(error), { bad: true }));
    setChosen({});
  }
  const reminder = chosen.default_reminder_minutes === undefined ? account.default_reminder_minutes : chosen.default_reminder_minutes;
  return (
    <Card title={t('mails.title')}>
      <fieldset className={css.choices}>
        <legend className="unseen">{t('mails.title')}</legend>
        {kinds.map((kind) => (
          <label key={kind}><input type="checkbox" checked={chosen.notifications?.[kind] ?? account.notifications[kind]} onChange={(event) => void choose({ notifications: { [kind]: event.target.checked } })} /><span>{t(`mails.${kind}`)}<span className="soft small">{t(`mails.${kind}.hint`)}</span></span></label>
        ))}
      </fieldset>
      <Select label={t('mails.reminder')} hint={t('mails.reminder.hint')} value={reminder ?? ''} onChange={(event) => void choose({ default_reminder_minutes: event.target.value === '' ? null : Number(event.target.value) })}>
        {[...new Set([...reminders, reminder])].map((minutes) => <option key={minutes ?? 'none'} value={minutes ?? ''}>{minutes === null ? t('form.reminder.none') : t('form.reminder.before', { time: duration(minutes) })}</option>)}
      </Select>
    </Card>
  );
}
