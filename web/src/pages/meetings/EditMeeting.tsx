import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { api } from '../../api/client';
import { mayEdit, meetings, type Meeting } from '../../api/meetings';
import { Notice, Page, Skeleton } from '../../look/Page';
import { t } from '../../words';
import { MeetingForm } from './form/MeetingForm';
import { draftOf } from './form/draft';

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

function Editing({ meeting }: { meeting: Meeting }) {
  // What is typed stays, whatever others change meanwhile.
  const [initial] = useState(() => draftOf(meeting));
  const navigate = useNavigate();
  const client = useQueryClient();
  const page = `/dashboard/meetings/${meeting.id}`;
  return (
    <MeetingForm initial={initial} meetingId={meeting.id} host={meeting.host} cancel={page} saveWord={t('edit.do')} save={async (body) => {
      const changed = await api('patch', '/api/meetings/{id}/', { path: { id: meeting.id }, body });
      client.setQueryData(meetings.one(meeting.id).queryKey, changed);
      await client.invalidateQueries({ queryKey: ['availability'] });
      await client.invalidateQueries({ queryKey: ['meetings'], refetchType: 'none' });
      await navigate(page, { state: { done: changed }, replace: true });
    }} />
  );
}
