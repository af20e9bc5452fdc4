import { useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import { Button } from '../../look/Button';
import { Dialog } from '../../look/Dialog';
import { FormErrors, TextField } from '../../look/Field';
import { say } from '../../look/Toasts';
import { useSubmit } from '../../look/useSubmit';
import { range, zoneName } from '../../time';
import { t } from '../../words';
import { newMeetingAddress } from '../meetings/prefill';
import type { Range } from './rules';
import css from './Dialogs.module.css';

interface Props {
  range: Range;
  who?: string | undefined;
  zone: string;
  people: readonly string[];
  onClose: () => void;
  onMeeting: (address: string) => void;
}

/** What was selected becomes blocked time of one's own, or the beginning of a meeting. */
export function CreateDialog({ range: { start, end }, who, zone, people, onClose, onMeeting }: Props) {
  const client = useQueryClient();
  const submit = useSubmit(async ({ title = '', busy }) => {
    await api('post', '/api/events/', { body: { title, start_time: start.toString(), end_time: end.toString(), event_type: busy ? 'busy' : 'free' } });
    await client.invalidateQueries();
    say(t('calendar.blocked.made', { title }));
    onClose();
  });
  return (
    <Dialog title={t('calendar.new.title')} onClose={onClose}>
      <p><time dateTime={start.toString()}>{range(start, end, zone)}</time> <span className="soft">{zoneName(zone, start)}</span></p>
      <form className={css.form} {...submit.form}>
        <FormErrors errors={submit.besides('title')} />
        {/* The dialog was opened to type into this. */}
        {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
        <TextField label={t('calendar.new.what')} name="title" placeholder={t('calendar.new.placeholder')} maxLength={255} autoFocus errors={submit.of('title')} />
        <label className={css.check}><input type="checkbox" name="busy" defaultChecked /> {t('calendar.new.busy')}</label>
        <div className={css.actions}>
          <Button kind="main" type="submit" busy={submit.busy}>{t('calendar.new.block')}</Button>
          <Button onClick={() => {
            const title = submit.form.ref.current?.elements.namedItem('title');
            onMeeting(newMeetingAddress({ start, end, people: who ? [who] : people, title: title instanceof HTMLInputElement ? title.value : '' }));
          }}>{t('calendar.new.meeting')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
