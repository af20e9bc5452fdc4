import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check, X } from 'lucide-react';
import { api } from '../../../api/client';
import type { MeetingItem } from '../../../api/meetings';
import { ApiError } from '../../../api/problems';
import type { Proposal } from '../../../api/proposals';
import { Button } from '../../../look/Button';
import { Badge } from '../../../look/Page';
import { say } from '../../../look/Toasts';
import { instant, range, useZone } from '../../../time';
import { listed, t } from '../../../words';
import { editAddress } from '../prefill';
import { RefusedDialog } from '../RefusedDialog';
import css from './Proposals.module.css';

/** One click and the meeting is there; or it stays. */
export function ProposedTime({ meeting, proposal }: { meeting: Pick<MeetingItem, 'id' | 'title'>; proposal: Proposal }) {
  const zone = useZone();
  const client = useQueryClient();
  const [refused, setRefused] = useState<readonly string[]>();
  const who = proposal.name || proposal.email, when = range(proposal.start, proposal.end, zone);
  const path = { id: meeting.id, proposal: proposal.id };
  const settled = { onSettled: () => client.invalidateQueries() };
  const accept = useMutation({
    mutationFn: (allTheSame: boolean) => api('post', '/api/meetings/{id}/proposals/{proposal}/accept/', { path, body: allTheSame ? { conflict_policy: 'allow' } : {} }),
    onSuccess: () => say(t('proposals.accepted', { title: meeting.title, when })),
    onError: (error) => {
      if (error instanceof ApiError && error.of('conflict').length > 0) setRefused(error.of('conflict'));
      else say(error.message, { bad: true });
    },
    ...settled,
  });
  const decline = useMutation({
    mutationFn: () => api('post', '/api/meetings/{id}/proposals/{proposal}/decline/', { path }),
    onSuccess: () => say(t('proposals.declined', { who })),
    onError: (error) => say(error.message, { bad: true }), ...settled,
  });
  return (
    <div className={css.proposal}>
      <div className={css.what}>
        <span className="soft small wrap">{t('proposals.by', { who })}</span>
        <time dateTime={proposal.start} className={css.when}>{when}</time>
        {proposal.comment && <p className="wrap">{proposal.comment}</p>}
        <span>{proposal.conflicts.length > 0 ? <Badge tone="warn">{t('proposals.busy', { who: listed(proposal.conflicts) })}</Badge> : <Badge tone="good">{t('proposals.free')}</Badge>}</span>
      </div>
      <div className={`${css.actions} no-print`}>
        <Button kind="main" size="s" icon={<Check size={14} aria-hidden />} busy={accept.isPending} aria-label={t('proposals.accept.of', { when, who })} onClick={() => accept.mutate(false)}>{t('proposals.accept')}</Button>
        <Button size="s" icon={<X size={14} aria-hidden />} busy={decline.isPending} aria-label={t('proposals.decline.of', { when, who })} onClick={() => decline.mutate()}>{t('proposals.decline')}</Button>
      </div>
      {refused && (
        <RefusedDialog text={t('proposals.refused', { title: meeting.title, when })} reasons={refused} find={editAddress(meeting.id, { start: instant(proposal.start), end: instant(proposal.end) })}
          onAnswer={(allTheSame) => { setRefused(undefined); if (allTheSame) accept.mutate(true); }} />
      )}
    </div>
  );
}
