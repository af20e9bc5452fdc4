import { expect, test } from 'vitest';
import { between, day, inQuery, oneOf, stateOf, text } from './state';

const parts = { search: text, state: oneOf(['owed', 'failed']), from: day };
const read = (address: string) => stateOf(parts, new URLSearchParams(address));

test.each(['', 'search=ben', 'state=failed&page=3', 'search=%C3%A9&state=owed&from=2030-03-01'])('the address says all of the state: ?%s', (address) => {
  expect(new URLSearchParams(inQuery(read(address))).toString()).toBe(address);
});

test.each(['page=0', 'page=two', 'state=lost', 'from=tomorrow', 'from=2030-02-31', 'unheard=1'])('what is not understood is as if it were not there: ?%s', (address) => {
  expect(inQuery(read(address))).toEqual({});
});

test('days are the viewer’s, and the last one is in', () => {
  expect(between('2030-03-10', '2030-03-10', 'America/New_York')).toEqual({ from: '2030-03-10T05:00:00Z', to: '2030-03-11T04:00:00Z' });
  expect(between('', '', 'UTC')).toEqual({});
});
