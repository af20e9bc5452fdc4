import { Button } from '../../look/Button';
import { Dialog } from '../../look/Dialog';
import { range } from '../../time';
import { t } from '../../words';
import type { Collision } from './useMoves';
import css from './Dialogs.module.css';

/** Both states, and one's choice. Closing it leaves the meeting as it is now. */
export function CollisionDialog({ collision: { entry, wanted, current }, zone, onSettle }: { collision: Collision; zone: string; onSettle: (insist: boolean) => void }) {
  return (
    <Dialog title={t('calendar.collision.title')} onClose={() => onSettle(false)}>
      <p>{t('calendar.collision.text', { title: entry.title })}</p>
      <dl className={css.states}>
        <div><dt>{t('calendar.collision.now')}</dt><dd><strong className="wrap">{current.title}</strong><span>{range(current.start_time, current.end_time, zone)}</span>{current.location && <span className="wrap">{current.location}</span>}</dd></div>
        <div><dt>{t('calendar.collision.wanted')}</dt><dd><span>{range(wanted.start, wanted.end, zone)}</span></dd></div>
      </dl>
      <div className={css.actions}>
        <Button kind="main" onClick={() => onSettle(false)}>{t('calendar.collision.keep')}</Button>
        <Button onClick={() => onSettle(true)}>{t('calendar.collision.insist')}</Button>
      </div>
    </Dialog>
  );
}
