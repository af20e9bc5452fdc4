import { expect, test } from 'vitest';
import { filterOf, inQuery } from './filter';

test.each(['', 'search=kickoff', 'status=cancelled&from=2030-03-01&to=2030-03-31&sort=title&page=3', 'search=%C3%A9&sort=-created_at'])('the address says all of the state: ?%s', (address) => {
  expect(new URLSearchParams(inQuery(filterOf(new URLSearchParams(address)))).toString()).toBe(new URLSearchParams(address).toString());
});

test.each(['page=0', 'page=-1', 'page=two', 'page=1.5', 'status=lost', 'from=tomorrow', 'sort=password'])('what is not understood is as if it were not there: ?%s', (address) => {
  expect(inQuery(filterOf(new URLSearchParams(address)))).toEqual({});
});
