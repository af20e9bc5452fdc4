import { expect, test } from 'vitest';
import { days } from './days';

test.each([
  ['2030-03-04T23:00:00Z', '2030-03-05T23:00:00Z', 'Europe/Berlin', '5 Mar 2030'],
  ['2030-03-04T23:00:00Z', '2030-03-07T23:00:00Z', 'Europe/Berlin', '5 Mar 2030 – 7 Mar 2030'],
  // The day on which clocks go forward has 23 hours.
  ['2030-03-30T23:00:00Z', '2030-03-31T22:00:00Z', 'Europe/Berlin', '31 Mar 2030'],
  ['2030-03-05T00:00:00Z', '2030-03-05T00:00:00Z', 'UTC', '5 Mar 2030'],
])('%s to %s in %s', (start, end, zone, said) => {
  expect(days(start, end, zone)).toBe(said);
});
