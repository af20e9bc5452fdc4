import { useQueryClient } from '@tanstack/react-query';
import { api } from '../../../api/client';
import type { Meeting } from '../../../api/meetings';
import { Button } from '../../../look/Button';
import { Dialog } from '../../../look/Dialog';
import { FormErrors, TextArea } from '../../../look/Field';
import { say } from '../../../look/Toasts';
import { useSubmit } from '../../../look/useSubmit';
import { useWhen } from '../../../look/useWhen';
import { instant, useZone } from '../../../time';
import { t } from '../../../words';
import css from './Proposals.module.css';

/** On the clocks of who proposes. */
export function ProposeDialog({ meeting, onClose }: { meeting: Meeting; onClose: () => void }) {
  const zone = useZone();
  const client = useQueryClient();
  const { fields, times } = useWhen({ start: instant(meeting.start_time), end: instant(meeting.end_time) }, zone);
  const submit = useSubmit(async ({ comment = '' }) => {
    if (!times) return;
    await api('post', '/api/meetings/{id}/proposals/', { path: { id: meeting.id }, body: { start: times.start.toString(), end: times.end.toString(), comment } });
    say(t('proposals.sent'));
    await client.invalidateQueries({ queryKey: ['meetings'] });
    onClose();
  });
  return (
    <Dialog title={t('proposals.propose')} onClose={onClose}>
      <form className={css.form} {...submit.form}>
        <FormErrors errors={times ? submit.besides('start', 'end', 'comment') : [t('when.wrong')]} />
        {fields({ start: submit.of('start'), end: submit.of('end') })}
        <TextArea label={t('proposals.comment')} name="comment" maxLength={2000} rows={2} errors={submit.of('comment')} />
        <div><Button kind="main" type="submit" busy={submit.busy} disabled={!times}>{t('proposals.send')}</Button></div>
      </form>
    </Dialog>
  );
}
