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

/** When somebody is free and busy. To be asked of those only who are no strangers. */
export const freeBusy = (email: string, from: string, to: string) => queryOptions({
  queryKey: ['availability', 'of', email.toLowerCase(), from, to],
  staleTime: 30_000,
  retry: false,
  queryFn: async ({ signal }) => await api('get', '/api/availability/', { query: { user: email, from, to }, signal }) as FreeBusy,
});

/** People whose time can't be read: the server doesn't know them, or they don't show it to the asker. The search for times tells. */
export interface Strangers {
  unknown: readonly string[];
  hidden: readonly string[];
}

export const isStranger = (strangers: Strangers | undefined, email: string) => strangers && (strangers.unknown.includes(email) || strangers.hidden.includes(email));

export const strangers = (emails: readonly string[]) => queryOptions({
  queryKey: ['availability', 'strangers', [...emails].sort()],
  enabled: emails.length > 0,
  queryFn: async ({ signal }): Promise<Strangers> => {
    const found = await api('post', '/api/scheduling/find-slots/', { body: { emails: [...emails], limit: 1 }, signal });
    return { unknown: found.unknown_emails ?? [], hidden: found.hidden_emails ?? [] };
  },
});

export const myAvailability = queryOptions({
  queryKey: ['availability', 'mine'],
  queryFn: async ({ signal }) => await api('get', '/api/availability/', { signal }) as Schema['MyAvailability'],
});
