import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, type Schema } from './client';
import type { Repeated } from './scope';

/** Time of one's own: busy, or only noted. */
export type OwnEvent = Schema['Event'];

/** As what may repeat is asked about and waits. */
export function repeated({ id, series, start_time, end_time }: OwnEvent): Repeated {
  return { id: `event ${id}`, series: series ? { id: series } : null, start_time, end_time };
}

export const events = {
  /** All of my events that overlap a range, by start; at most 500, as the API caps them. */
  overlapping: (from: string, to: string) => queryOptions({
    queryKey: ['events', 'overlapping', from, to],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => await api('get', '/api/events/', { query: { ends_after: from, to_date: to }, signal }) as OwnEvent[],
  }),
};
