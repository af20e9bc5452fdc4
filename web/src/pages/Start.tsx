import { useQuery } from '@tanstack/react-query';
import { Navigate } from 'react-router';
import { me } from '../api/session';
import { Blank } from '../shell/Blank';

/** The dashboard for who is signed in, the login for who is not. */
export function Component() {
  const { data, isPending } = useQuery(me);
  if (isPending) return <Blank />;
  return <Navigate to={data ? '/dashboard' : '/login'} replace />;
}
