import { expect, test } from 'vitest';
import { bytes, seconds } from './figures';

test.each([[0, '0 byte'], [999, '999 byte'], [1000, '1 kB'], [1_234_567, '1.2 MB'], [5e15, '5,000 TB']])('%d bytes are %s', (count, text) => {
  expect(bytes(count)).toBe(text);
});

test.each([[2, '2s'], [59.6, '59s'], [90, '1 min'], [3600, '1h'], [100_000, '1 day 3h 46m']])('%d seconds are %s', (count, text) => {
  expect(seconds(count)).toBe(text);
});
