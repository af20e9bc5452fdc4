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

/** When somebody is free and busy; null for people whom the server doesn't know yet. */
export const freeBusy = (email: string, from: string, to: string) => queryOptions({
  queryKey: ['availability', 'of', email.toLowerCase(), from, to],
  staleTime: 30_000,
  retry: false,
  queryFn: async ({ signal }) => await api('get', '/api/availability/', { query: { user: email, from, to }, signal }) as FreeBusy,
});

export const myAvailability = queryOptions({
  queryKey: ['availability', 'mine'],
  queryFn: async ({ signal }) => await api('get', '/api/availability/', { signal }) as Schema['MyAvailability'],
});
