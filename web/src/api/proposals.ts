import { queryOptions } from '@tanstack/react-query';
import { api, type Schema } from './client';

export type Proposal = Schema['Proposal'];

/** Other times that were proposed for a meeting: the host sees all, whoever is invited their own. */
export const proposals = (meeting: string) => queryOptions({
  queryKey: ['meetings', 'one', meeting, 'proposals'],
  queryFn: ({ signal }) => api('get', '/api/meetings/{id}/proposals/', { path: { id: meeting }, signal }),
});

/** Those that wait for my answer, in all meetings that I run. */
export const openProposals = queryOptions({
  queryKey: ['meetings', 'proposals'],
  queryFn: ({ signal }) => api('get', '/api/proposals/', { signal }),
});
