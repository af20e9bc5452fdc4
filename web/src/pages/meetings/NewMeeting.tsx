import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import { api } from '../../api/client';
import { meetings } from '../../api/meetings';
import { useMe } from '../../api/session';
import { Page } from '../../look/Page';
import { viewerZone } from '../../time';
import { t } from '../../words';
import { MeetingForm } from './form/MeetingForm';
import { bodyOf, newDraft } from './form/draft';
import { readPrefill } from './prefill';

export function Component() {
  const [query] = useSearchParams();
  const account = useMe();
  // The zone that is looked through when the form is opened; switching it later does not move the meeting.
  const [initial] = useState(() => newDraft(readPrefill(query), viewerZone(), account.default_reminder_minutes));
  const navigate = useNavigate();
  const client = useQueryClient();
  return (
    <Page title={t('new.title')}>
      <MeetingForm initial={initial} cancel="/dashboard/meetings" saveWord={t('new.do')} save={async (draft, times) => {
        const made = await api('post', '/api/meetings/', { body: bodyOf(draft, times) });
        client.setQueryData(meetings.one(made.id).queryKey, made);
        await client.invalidateQueries({ queryKey: ['availability'] });
        await client.invalidateQueries({ queryKey: ['meetings'], refetchType: 'none' });
        await navigate(`/dashboard/meetings/${made.id}`, { state: { done: made }, replace: true });
      }} />
    </Page>
  );
}
