import { expect, test } from 'vitest';
import type { ApiKey } from '../../../api/keys';
import { T } from '../../../time';
import { factsOf } from './facts';

const now = T.Instant.from('2030-03-04T09:00Z');
const key: ApiKey = { id: 1, name: 'screen', scope: 'read', hint: 'x4Qe', created_at: '2030-03-01T09:00:00Z', expires_at: '2030-05-30T09:00:00Z', last_used_at: null, expired: false };

test('a key that was never used', () => {
  expect(factsOf(key, now, 'UTC')).toEqual(['…x4Qe', 'never used', 'until 30 May 2030, 09:00']);
});

test('a key that was used, and is over', () => {
  expect(factsOf({ ...key, last_used_at: '2030-03-04T08:00:00Z', expires_at: '2030-03-04T08:30:00Z', expired: true }, now, 'UTC'))
    .toEqual(['…x4Qe', 'last used 1 hour ago', 'ended 4 Mar 2030, 08:30']);
});
