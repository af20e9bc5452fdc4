import { useState } from 'react';

/** The token of a mailed link. It stands behind the '#', so it never travels in an address. */
export function useFragmentToken(): string | undefined {
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token') ?? undefined);
  return token;
}
