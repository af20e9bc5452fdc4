import { useMutation, useQueryClient } from '@tanstack/react-query';
import { say } from '../look/Toasts';
import { t } from '../words';
import { api } from './client';
import { mine, type Answered, type MeetingItem } from './meetings';
import { useMe } from './session';
import { soon } from './soon';

/** Answering an invitation with one press. A "no" can be undone for a while (see soon.ts); the others take effect at once and can be changed any time. */
export function useAnswer() {
  const client = useQueryClient();
  const { email } = useMe();
  const { mutate, isPending, variables } = useMutation({
    mutationFn: ({ meeting, status }: { meeting: MeetingItem; status: Exclude<Answered, 'declined'> }) =>
      api('patch', '/api/meetings/{id}/participants/{pid}/status/', { path: { id: meeting.id, pid: mine(meeting, email)?.id ?? 0 }, body: { status } }),
    onSuccess: (_, { meeting, status }) => say(t(`answered.${status}`, { title: meeting.title })),
    onError: (error) => say(error.message, { bad: true }),
    onSettled: () => client.invalidateQueries(),
  });
  return {
    answer: (meeting: MeetingItem, status: Answered) => {
      if (status === 'declined') soon('decline', meeting, client, mine(meeting, email)?.id);
      else mutate({ meeting, status });
    },
    busyWith: isPending ? variables.meeting.id : undefined,
  };
}
