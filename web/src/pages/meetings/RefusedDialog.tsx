import { Button, ButtonLink } from '../../look/Button';
import { Dialog } from '../../look/Dialog';
import { t } from '../../words';
import css from './RefusedDialog.module.css';

interface Props {
  /** What was not done. */
  text: string;
  reasons: readonly string[];
  /** Where another time is found. */
  find: string | undefined;
  onAnswer: (allTheSame: boolean) => void;
}

/** Somebody is busy then: the meeting moves all the same, or to another time. Closing it leaves the meeting where it was. */
export function RefusedDialog({ text, reasons, find, onAnswer }: Props) {
  return (
    <Dialog title={t('refused.title')} onClose={() => onAnswer(false)}>
      <p>{text}</p>
      <ul className={css.reasons}>{reasons.map((reason) => <li key={reason} className="wrap">{reason}</li>)}</ul>
      <div className={css.actions}>
        {find !== undefined && <ButtonLink data-first kind="main" to={find}>{t('refused.find')}</ButtonLink>}
        <Button onClick={() => onAnswer(true)}>{t('refused.move')}</Button>
      </div>
    </Dialog>
  );
}
