import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { CircleCheck, CircleX } from 'lucide-react';
import { api } from '../../api/client';
import { range, T } from '../../time';
import { listed, t, type Key } from '../../words';
import { useSettled } from '../meetings/form/times';
import type { Person } from './PeopleGrid';
import type { Question } from './question';
import type { Cell } from './times';
import css from './FindATime.module.css';

const reasons = ['outside_hours', 'busy', 'focus_time', 'blocked', 'out_of_office', 'calendar_unreachable', 'buffer', 'notice', 'unknown'] as const;

function reasonName(reason: string): string {
  const known = reasons.find((r) => r === reason);
  return known ? t(`find.why.${known}` satisfies Key) : reason;
}

/** Who can't at the time that is pointed at, and why; and the nearest time that suits. The server answers from what it finds times with. */
export function WhyNot({ cell, people, question, zone, address }: { cell: Cell | undefined; people: readonly Person[]; question: Question; zone: string; address: (start: Temporal.Instant) => string }) {
  const body = useSettled(cell ? {
    emails: people.filter((p) => !p.isUnknown).map((p) => p.email), start_time: cell.start.toString(), duration_minutes: question.minutes,
    buffer_before_minutes: question.before, buffer_after_minutes: question.after,
  } : null, 200);
  const { data } = useQuery({
    queryKey: ['availability', 'explain', body],
    enabled: body !== null,
    staleTime: 60_000,
    queryFn: ({ signal }) => api('post', '/api/scheduling/explain/', { signal, body: body ?? { start_time: '' } }),
  });
  const names = new Map(people.map((p) => [p.email, p]));
  return (
    <div className={css.why} role="status">
      {!body || !data ? <p className="soft">{t('find.point')}</p> : (
        <>
          <p className={css.whyHead} data-suits={data.suits}>{data.suits ? <CircleCheck size={16} aria-hidden /> : <CircleX size={16} aria-hidden />}<strong>{range(data.start_time, data.end_time, zone)}</strong> {data.suits && t('find.suits')}</p>
          {data.people.length > 0 && (
            <ul>{data.people.map((p) => <li key={p.email}><strong className="wrap">{names.get(p.email)?.name ?? p.email}</strong>{names.get(p.email)?.optional && ` (${t('find.optional')})`}: {listed(p.reasons.map(reasonName))}</li>)}</ul>
          )}
          {!data.suits && data.nearest && <p>{t('find.nearest')} <Link to={address(T.Instant.from(data.nearest.start_time))}>{range(data.nearest.start_time, data.nearest.end_time, zone)}</Link></p>}
        </>
      )}
    </div>
  );
}
