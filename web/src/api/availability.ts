import { queryOptions } from '@tanstack/react-query';
import { api, type Schema } from './client';
import { ApiError } from './problems';

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

/** When somebody is free and busy. Whom the server doesn't know, it answers with 404: see isNobody. */
export const freeBusy = (email: string, from: string, to: string) => queryOptions({
  queryKey: ['availability', 'of', email.toLowerCase(), from, to],
  staleTime: 30_000,
  retry: false,
  queryFn: async ({ signal }) => await api('get', '/api/availability/', { query: { user: email, from, to }, signal }) as FreeBusy,
});

/** The error of a question about somebody who is not known here. */
export function isNobody(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

export const myAvailability = queryOptions({
  queryKey: ['availability', 'mine'],
  queryFn: async ({ signal }) => await api('get', '/api/availability/', { signal }) as Schema['MyAvailability'],
});
