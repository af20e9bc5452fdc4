import { useState } from 'react';

/** What stands behind the '#' under a name: it never travels in an address. */
export function fragment(name: string): string | undefined {
  return new URLSearchParams(location.hash.slice(1)).get(name) ?? undefined;
}

/** The token of a mailed link. */
export function useFragmentToken(): string | undefined {
  const [token] = useState(() => fragment('token'));
  return token;
}
