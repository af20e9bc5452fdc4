import { expect, test } from 'vitest';
import { T } from '../../time';
import { filterOf, inQuery, stateOf } from './filter';

const state = (address: string) => stateOf(new URLSearchParams(address));
const now = T.Instant.from('2030-03-04T20:00Z');

test.each(['', 'search=kickoff', 'when=all&status=cancelled&from=2030-03-01&to=2030-03-31&sort=title&page=3', 'when=past&search=%C3%A9'])('the address says all of the state: ?%s', (address) => {
  const again = new URLSearchParams(inQuery(state(address)));
  expect(Object.fromEntries(again)).toEqual(Object.fromEntries(new URLSearchParams(address)));
});

test.each(['page=0', 'page=-1', 'page=two', 'page=1.5', 'status=lost', 'from=tomorrow', 'sort=password', 'when=never'])('what is not understood is as if it were not there: ?%s', (address) => {
  expect(inQuery(state(address))).toEqual({});
});

test('days begin at midnight on the viewer’s clocks', () => {
  // 20:00 UTC is 01:45 of the next day in Kathmandu.
  expect(filterOf(state(''), 'Asia/Kathmandu', now).from_date).toBe('2030-03-04T18:15:00Z');
  expect(filterOf(state(''), 'America/New_York', now).from_date).toBe('2030-03-04T05:00:00Z');
});

test('the last day is in', () => {
  expect(filterOf(state('when=all&from=2030-03-10&to=2030-03-10'), 'America/New_York', now)).toMatchObject({
    from_date: '2030-03-10T05:00:00Z', to_date: '2030-03-11T04:00:00Z', // Clocks go forward on that day.
  });
});
