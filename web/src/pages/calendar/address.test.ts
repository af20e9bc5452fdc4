import { expect, test } from 'vitest';
import { T } from '../../time';
import { daysShown, further, readShown, shownQuery } from './address';

const today = T.PlainDate.from('2030-03-04');
const read = (query: string) => readShown(new URLSearchParams(query), today, 'week');

test.each(['view=month&date=2030-03-10', 'view=day&date=2030-03-10&people=ben%40example.com%2Ccho%40example.com&also=Asia%2FKathmandu&zone=UTC'])('the address says all of it: %s', (query) => {
  const zone = new URLSearchParams(query).get('zone') ?? undefined;
  expect(new URLSearchParams(shownQuery(read(query), zone)).toString()).toBe(query);
});

test.each(['', 'view=year', 'date=2030-02-30', 'date=yesterday', 'people=,,x', 'also=Mars/Olympus'])('what is not understood is as if it were not there: ?%s', (query) => {
  expect(shownQuery(read(query), undefined)).toEqual({ view: 'week', date: '2030-03-04' });
});

test.each([
  ['day', '2030-03-06', 1, '2030-03-06', '2030-03-07'],
  ['week', '2030-03-06', 1, '2030-03-04', '2030-03-11'],
  ['week', '2030-03-06', 7, '2030-03-03', '2030-03-10'],
  ['week', '2030-03-03', 1, '2030-02-25', '2030-03-04'],
  ['month', '2030-03-15', 1, '2030-02-25', '2030-04-01'],
  ['month', '2027-02-15', 1, '2027-02-01', '2027-03-01'],
] as const)('a %s around %s, weeks from day %d', (view, date, firstDay, first, end) => {
  const days = daysShown({ view, date: T.PlainDate.from(date) }, firstDay);
  expect([days.first.toString(), days.end.toString()]).toEqual([first, end]);
});

test('a month after the last of January is the last of February', () => {
  expect(further({ view: 'month', date: T.PlainDate.from('2030-01-31') }, 1).toString()).toBe('2030-02-28');
});
