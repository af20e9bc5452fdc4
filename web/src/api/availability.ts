import { queryOptions } from '@tanstack/react-query';
import { api, type Schema } from './client';

export interface Stretch {
  start_time: string;
  end_time: string;
}

export interface FreeBusy {
  user_id: number;
  from: string;
  to: string;
  /** What takes up the time, merged; never with what. */
  busy: Stretch[];
  /** Of the person's hours, what is left. */
  free: Stretch[];
}

/** When somebody is free and busy. To be asked of those only whom the server knows: see strangers. */
export const freeBusy = (email: string, from: string, to: string) => queryOptions({
  queryKey: ['availability', 'of', email.toLowerCase(), from, to],
  staleTime: 30_000,
  retry: false,
  queryFn: async ({ signal }) => await api('get', '/api/availability/', { query: { user: email, from, to }, signal }) as FreeBusy,
});

/** Which of these people the server doesn't know: they have no calendar here. The search for times tells. */
export const strangers = (emails: readonly string[]) => queryOptions({
  queryKey: ['availability', 'strangers', [...emails].sort()],
  enabled: emails.length > 0,
  queryFn: async ({ signal }) => (await api('post', '/api/scheduling/find-slots/', { body: { emails: [...emails], limit: 1 }, signal })).unknown_emails ?? [],
});

export const myAvailability = queryOptions({
  queryKey: ['availability', 'mine'],
  queryFn: async ({ signal }) => await api('get', '/api/availability/', { signal }) as Schema['MyAvailability'],
});
