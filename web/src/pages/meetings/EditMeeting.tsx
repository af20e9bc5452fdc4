import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { TriangleAlert } from 'lucide-react';
import { api } from '../../api/client';
import { mayEdit, meetings, type Meeting } from '../../api/meetings';
import { ApiError } from '../../api/problems';
import { askScope, type Scope } from '../../api/scope';
import { Button } from '../../look/Button';
import { Notice, Page, Skeleton } from '../../look/Page';
import { duration, range } from '../../time';
import { listed, t } from '../../words';
import { MeetingForm } from './form/MeetingForm';
import { draftOf, timesOf, type Draft } from './form/draft';
import { changedBody, differences, taking, type Part } from './form/merge';
import { readPrefill } from './prefill';
import { seriesInWords } from './repeat/words';
import css from './EditMeeting.module.css';

export function Component() {
  const { id = '' } = useParams();
  const { data, error } = useQuery(meetings.one(id));
  return (
    <Page title={t('edit.title')}>
      {error ? <Notice tone="bad">{error.message}</Notice> : !data ? <Skeleton lines={8} label={t('list.loading')} />
        : mayEdit(data) ? <Editing key={id} meeting={data} /> : <Notice tone="warn">{t('edit.notYours')}</Notice>}
    </Page>
  );
}

/** What somebody else changed while this form was open, in the parts that were changed here too. */
interface Meanwhile {
  theirs: Meeting;
  parts: readonly Part[];
}

function Editing({ meeting }: { meeting: Meeting }) {
  // What is typed stays, whatever others change meanwhile: `base` is what the form began with, and each part is compared with that.
  const [base, setBase] = useState(meeting);
  const [query] = useSearchParams();
  const [initial, setInitial] = useState(() => {
    const { start, end } = readPrefill(query);
    return { ...draftOf(meeting), ...(start && end && timesOf(start, end, meeting.timezone)) };
  });
  const [meanwhile, setMeanwhile] = useState<Meanwhile & { mine: Draft }>();
  const navigate = useNavigate();
  const client = useQueryClient();
  const page = `/dashboard/meetings/${meeting.id}`;

  async function ask(draft: Draft): Promise<void> {
    const scope = await askScope('edit', base, differences(draftOf(base), draft).includes('repeat'));
    if (scope) await save(draft, base, scope);
  }

  async function save(draft: Draft, against: Meeting, scope: Scope): Promise<void> {
    const body = changedBody(draftOf(against), draft, scope);
    try {
      const changed = await api('patch', '/api/meetings/{id}/', { path: { id: meeting.id }, body: body ?? {}, headers: { 'If-Match': `"${against.version}"` } });
      client.setQueryData(meetings.one(changed.id).queryKey, changed);
      await client.invalidateQueries({ queryKey: ['availability'] });
      await client.invalidateQueries({ queryKey: ['meetings'], refetchType: 'none' });
      await navigate(`/dashboard/meetings/${changed.id}`, { state: { done: changed }, replace: true });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 412) throw error;
      const { current } = error.body as { current: Meeting };
      const began = draftOf(against), theirs = draftOf(current);
      const changedByThem = differences(began, theirs), changedHere = differences(began, draft);
      const both = changedByThem.filter((part) => changedHere.includes(part) && differences(theirs, draft).includes(part));
      const rebased = taking(draft, theirs, changedByThem.filter((part) => !changedHere.includes(part)));
      // An answer, or another part: both changes stand side by side.
      if (both.length === 0) return save(rebased, current, scope);
      setMeanwhile({ theirs: current, parts: both, mine: rebased });
    }
  }

  const choose = (draft: Draft) => {
    if (!meanwhile) return;
    setBase(meanwhile.theirs);
    setInitial(draft);
    setMeanwhile(undefined);
  };

  return (
    <MeetingForm key={base.version} initial={initial} meetingId={meeting.id} host={meeting.host} cancel={page} saveWord={t('edit.do')} save={ask}
      series={base.series ? seriesInWords(base.series, base.timezone) : undefined}>
      {meanwhile && (
        <Notice tone="warn" role="alert" icon={<TriangleAlert size={18} aria-hidden />}>
          <p>{t('edit.meanwhile')}</p>
          <ul className={css.meanwhile}>{meanwhile.parts.map((part) => <li key={part}><strong>{t(`edit.part.${part}`)}</strong> {said(part, meanwhile.theirs)}</li>)}</ul>
          <div className={css.choice}>
            <Button size="s" onClick={() => choose(meanwhile.mine)}>{t('edit.mine')}</Button>
            <Button size="s" onClick={() => choose(taking(meanwhile.mine, draftOf(meanwhile.theirs), meanwhile.parts))}>{t('edit.theirs')}</Button>
          </div>
        </Notice>
      )}
    </MeetingForm>
  );
}

function said(part: Part, meeting: Meeting): string {
  switch (part) {
    case 'when': return range(meeting.start_time, meeting.end_time, meeting.timezone);
    case 'people': return listed(meeting.participants.map((p) => p.name || p.email));
    case 'repeat': return meeting.series ? seriesInWords(meeting.series, meeting.timezone) : t('repeat.none');
    case 'reminder': return meeting.reminder_minutes === null ? t('form.reminder.none') : t('form.reminder.before', { time: duration(meeting.reminder_minutes) });
    default: return meeting[part] || '–';
  }
}
