import { queryOptions, useQuery } from '@tanstack/react-query';
import { setProfileZone } from '../time';
import { api, cookie, type Schema } from './client';
import { ApiError } from './problems';

export type Account = Schema['Account'];

/** Who is signed in; null: nobody. The CSRF cookie lives as long as the session: without it there is no need to ask. */
export const me = queryOptions({
  queryKey: ['me'],
  staleTime: 60_000,
  queryFn: async ({ signal }): Promise<Account | null> => {
    const account = cookie('csrftoken') ? await api('get', '/api/auth/me/', { signal }).catch(nobody) : null;
    setProfileZone(account?.timezone);
    return account;
  },
});

function nobody(error: unknown): null {
  if (error instanceof ApiError && error.status === 401) return null;
  throw error;
}

/** The signed-in account. Only for pages behind the sign-in, where there is one. */
export function useMe(): Account {
  const { data } = useQuery(me);
  if (!data) throw new Error('This page is for people who are signed in.');
  return data;
}

export function nameOf(account: Pick<Account, 'first_name' | 'last_name' | 'username' | 'email'>): string {
  return [account.first_name, account.last_name].filter(Boolean).join(' ') || (account.username ?? account.email);
}
