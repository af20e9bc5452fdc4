import { useEffect, useState } from 'react';
import { now } from './clock';

/** The present, renewed at each full minute (or second). */
export function useNow(unit: 'minute' | 'second' = 'minute'): Temporal.Instant {
  const [present, setPresent] = useState(now);
  useEffect(() => {
    const length = unit === 'minute' ? 60_000 : 1000;
    const timer = setTimeout(() => setPresent(now()), length - present.epochMilliseconds % length);
    return () => clearTimeout(timer);
  }, [present, unit]);
  return present;
}
