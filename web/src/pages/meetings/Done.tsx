import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { Meeting } from '../../api/meetings';
import { Notice } from '../../look/Page';
import { clocks, useZone } from '../../time';
import { listed, t } from '../../words';
import css from './MeetingPage.module.css';

/** What came of booking or changing it: who was left out, and what may be a mistake. */
export function Done({ meeting }: { meeting: Meeting }) {
  const zone = useZone();
  const skipped = meeting.skipped_participants ?? [];
  const own = meeting.host_conflicts ?? [];
  const invited = meeting.participants.length;
  return (
    <div className={css.done} role="status">
      <Notice tone="good" icon={<CircleCheck size={18} aria-hidden />}>{invited > 0 ? t('done.invited', { n: invited }) : t('done.saved')}</Notice>
      {skipped.length > 0 && <Notice tone="warn" icon={<TriangleAlert size={18} aria-hidden />}>{t('done.skipped', { n: skipped.length, who: listed(skipped.map((s) => s.name || s.email)) })}</Notice>}
      {own.length > 0 && <Notice tone="warn" icon={<TriangleAlert size={18} aria-hidden />}>{t('together.me', { what: own.map((c) => `${c.title} ${clocks(c.start_time, c.end_time, zone)}`).join(', ') })}</Notice>}
      {meeting.warnings?.map((warning) => <Notice key={warning} tone="warn" icon={<TriangleAlert size={18} aria-hidden />}>{warning}</Notice>)}
    </div>
  );
}
