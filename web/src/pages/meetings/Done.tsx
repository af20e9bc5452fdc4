import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { Meeting } from '../../api/meetings';
import { Notice } from '../../look/Page';
import { clocks, day, useZone } from '../../time';
import { listed, t } from '../../words';
import { leftOut, shortList } from './repeat/words';
import css from './MeetingPage.module.css';

/** What came of booking or changing it: who was left out, and what may be a mistake. */
export function Done({ meeting }: { meeting: Meeting }) {
  const zone = useZone();
  // Of a series, whoever is left out is left out of some dates, or of all.
  const partly = meeting.series ? meeting.skipped_participants ?? [] : [];
  const skipped = meeting.series ? [] : meeting.skipped_participants ?? [];
  const own = meeting.host_conflicts ?? [];
  const invited = meeting.participants.length;
  return (
    <div className={css.done} role="status">
      <Notice tone="good" icon={<CircleCheck size={18} aria-hidden />}>{invited > 0 ? t('done.invited', { n: invited }) : t('done.saved')}{meeting.series && meeting.occurrence_count ? ` ${t('repeat.made', { n: meeting.occurrence_count })}` : ''}</Notice>
      {skipped.length > 0 && <Notice tone="warn" icon={<TriangleAlert size={18} aria-hidden />}>{t('done.skipped', { n: skipped.length, who: listed(skipped.map((s) => s.name || s.email)) })}</Notice>}
      {partly.map((left) => (
        <Notice key={left.email} tone="warn" icon={<TriangleAlert size={18} aria-hidden />}>{leftOut(left, zone)}</Notice>
      ))}
      {own.length > 0 && <Notice tone="warn" icon={<TriangleAlert size={18} aria-hidden />}>{t('together.me', { what: shortList(own.map((c) => `${c.title} ${meeting.series ? `${day(c.start_time, zone)} ` : ''}${clocks(c.start_time, c.end_time, zone)}`)) })}</Notice>}
      {meeting.warnings?.map((warning) => <Notice key={warning} tone="warn" icon={<TriangleAlert size={18} aria-hidden />}>{warning}</Notice>)}
    </div>
  );
}
