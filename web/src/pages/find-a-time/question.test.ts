import { expect, test } from 'vitest';
import { T } from '../../time';
import { questionQuery, readQuestion } from './question';

const today = T.PlainDate.from('2030-03-04');
const again = (query: string) => new URLSearchParams(questionQuery(readQuestion(new URLSearchParams(query), today), today)).toString();

test.each(['', 'people=ben%40example.com%2Ccho%40example.com', 'people=ben%40example.com&optional=cho%40example.com&minutes=30&date=2030-03-11&weeks=4&before=15&after=5&quorum=2&rank=least_fragmentation'])('the address says all of it: ?%s', (query) => {
  expect(again(query)).toBe(query);
});

test.each(['people=nobody', 'minutes=0', 'minutes=x', 'date=2030-13-01', 'weeks=99', 'quorum=-1', 'rank=best'])('what is not understood is as if it were not there: ?%s', (query) => {
  expect(again(query)).toBe('');
});

test('who must come is not optional too', () => {
  expect(readQuestion(new URLSearchParams('people=ben@example.com&optional=ben@example.com'), today).people).toEqual([{ email: 'ben@example.com', optional: false }]);
});
