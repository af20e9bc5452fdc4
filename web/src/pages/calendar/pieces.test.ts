import { expect, test } from 'vitest';
import { T } from '../../time';
import { axisOf, dayOf } from './axis';
import type { Entry } from './entries';
import { isAllDay, piecesOf } from './pieces';

const zone = 'America/New_York';
const day = (date: string) => dayOf(T.PlainDate.from(date), zone);
const entry = (key: string, start: string, end: string): Entry => ({ key, kind: 'event', title: key, start: T.Instant.from(start), end: T.Instant.from(end), off: false, pending: false, movable: true });
const on = (date: string, ...entries: Entry[]) => piecesOf(entries, day(date), axisOf([day(date)])).map(({ key, from, to, lane, before, after }) => ({ key, from, to, lane, before, after }));

test('over midnight there is a piece on each day', () => {
  const party = entry('party', '2030-03-04T22:00:00-05:00', '2030-03-05T01:30:00-05:00');
  expect(on('2030-03-04', party)).toEqual([{ key: 'party', from: 1320, to: 1440, lane: 0, before: false, after: true }]);
  expect(on('2030-03-05', party)).toEqual([{ key: 'party', from: 0, to: 90, lane: 0, before: true, after: false }]);
  expect(on('2030-03-06', party)).toEqual([]);
});

test('an hour over the skipped one is drawn over it', () => {
  expect(on('2030-03-10', entry('short', '2030-03-10T01:30:00-05:00', '2030-03-10T03:30:00-04:00'))).toMatchObject([{ from: 90, to: 210 }]);
});

test('what takes up the whole day stands above the hours, also on a day of 23 hours', () => {
  const away = entry('away', '2030-03-10T00:00:00-05:00', '2030-03-11T00:00:00-04:00');
  expect(isAllDay(away, day('2030-03-10'))).toBe(true);
  expect(on('2030-03-10', away)).toEqual([]);
});

test('five minutes can still be grasped, and are laid out as they are drawn', () => {
  expect(on('2030-03-04', entry('a', '2030-03-04T10:00:00-05:00', '2030-03-04T10:05:00-05:00'), entry('b', '2030-03-04T10:10:00-05:00', '2030-03-04T11:00:00-05:00')))
    .toMatchObject([{ key: 'a', from: 600, to: 620, lane: 0 }, { key: 'b', from: 610, to: 660, lane: 1 }]);
});
