import { Button, ButtonLink } from '../../look/Button';
import { Dialog } from '../../look/Dialog';
import { range } from '../../time';
import { t } from '../../words';
import { editAddress } from '../meetings/prefill';
import type { Refused } from './useMoves';
import css from './Dialogs.module.css';

/** Somebody is busy then: it moves all the same, or to another time. Closing it leaves the meeting where it was. */
export function RefusedDialog({ refused: { entry, wanted, reasons }, zone, onAnswer }: { refused: Refused; zone: string; onAnswer: (allTheSame: boolean) => void }) {
  return (
    <Dialog title={t('calendar.refused.title')} onClose={() => onAnswer(false)}>
      <p>{t('calendar.refused.text', { title: entry.title, when: range(wanted.start, wanted.end, zone) })}</p>
      <ul className={css.reasons}>{reasons.map((reason) => <li key={reason} className="wrap">{reason}</li>)}</ul>
      <div className={css.actions}>
        {entry.meeting && <ButtonLink data-first kind="main" to={editAddress(entry.meeting.id, wanted)}>{t('refused.find')}</ButtonLink>}
        <Button onClick={() => onAnswer(true)}>{t('refused.move')}</Button>
      </div>
    </Dialog>
  );
}
