import { useMutation, useQueryClient } from '@tanstack/react-query';
import { say } from '../look/Toasts';
import { t } from '../words';
import { api } from './client';
import { mine, type Answered, type MeetingItem } from './meetings';
import { askScope, type Scope } from './scope';
import { useMe } from './session';
import { soon } from './soon';

/** Answering an invitation with one press. A "no" can be undone for a while (see soon.ts); the others take effect at once and can be changed any time. */
export function useAnswer() {
  const client = useQueryClient();
  const { email } = useMe();
  const { mutate, isPending, variables } = useMutation({
    mutationFn: ({ meeting, status, scope }: { meeting: MeetingItem; status: Exclude<Answered, 'declined'>; scope: Scope }) =>
      api('patch', '/api/meetings/{id}/participants/{pid}/status/', { path: { id: meeting.id, pid: mine(meeting, email)?.id ?? 0 }, query: { scope }, body: { status } }),
    onSuccess: (_, { meeting, status }) => say(t(`answered.${status}`, { title: meeting.title })),
    onError: (error) => say(error.message, { bad: true }),
    onSettled: () => client.invalidateQueries(),
  });
  return {
    answer: async (meeting: MeetingItem, status: Answered) => {
      const scope = await askScope('answer', meeting);
      if (!scope) return;
      if (status === 'declined') soon('decline', meeting, client, { participant: mine(meeting, email)?.id, scope });
      else mutate({ meeting, status, scope });
    },
    busyWith: isPending ? variables.meeting.id : undefined,
  };
}
