import { useQueryClient } from '@tanstack/react-query';
import { api, type Schema } from '../../api/client';
import { me } from '../../api/session';
import { say } from '../../look/Toasts';
import { setProfileZone } from '../../time';
import { t } from '../../words';

/** Changes the account, here and on the server. */
export function useChangeMe() {
  const client = useQueryClient();
  return async (body: Schema['ChangeMeBody']) => {
    const account = await api('patch', '/api/auth/me/', { body });
    setProfileZone(account.timezone);
    client.setQueryData(me.queryKey, account);
    await client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
    say(t('settings.saved'));
  };
}
