import type { ApiKey } from '../../../api/keys';
import { fromNow, moment } from '../../../time';
import { t } from '../../../words';

/** What there is to know of a key: how it ends, when it was of use, until when it works. */
export function factsOf(key: ApiKey, now: Temporal.Instant, zone: string): string[] {
  return [
    `…${key.hint}`,
    key.last_used_at ? t('keys.used', { when: fromNow(key.last_used_at, now) }) : t('keys.unused'),
    t(key.expired ? 'keys.until.was' : 'keys.until', { when: moment(key.expires_at, zone) }),
  ];
}
