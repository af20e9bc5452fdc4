import { createContext, useContext } from 'react';
import { queryOptions } from '@tanstack/react-query';
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

/** Given by the shell to the pages in it: they are only there while somebody is signed in. */
export const AccountContext = createContext<Account | null>(null);

export function useMe(): Account {
  const account = useContext(AccountContext);
  if (!account) throw new Error('This page is for people who are signed in.');
  return account;
}

export function nameOf(account: Pick<Account, 'first_name' | 'last_name' | 'username' | 'email'>): string {
  return [account.first_name, account.last_name].filter(Boolean).join(' ') || (account.username ?? account.email);
}
