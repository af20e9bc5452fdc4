import { T } from './temporal';

/** The one place that asks the machine's clock. */
export function now(): Temporal.Instant {
  return T.Instant.fromEpochMilliseconds(Date.now());
}

/** The browser's zone. */
export function browserZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
