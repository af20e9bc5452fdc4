import { expect, test } from 'vitest';
import { T } from '../../time';
import { axisOf, dayOf, place } from '../calendar/axis';
import { hoursShown, rowsBetween, stateAt, timesOf } from './times';

const ms = (text: string) => T.Instant.from(text).epochMilliseconds;
const ben = timesOf({
  user_id: 2, from: '', to: '', busy: [{ start_time: '2030-03-04T10:00:00Z', end_time: '2030-03-04T11:00:00Z' }],
  free: [{ start_time: '2030-03-04T09:00:00Z', end_time: '2030-03-04T10:00:00Z' }, { start_time: '2030-03-04T11:00:00Z', end_time: '2030-03-04T17:00:00Z' }],
});
const state = (start: string, end: string) => stateAt(ben, ms(`2030-03-04T${start}:00Z`), ms(`2030-03-04T${end}:00Z`));

test('what only touches is free', () => {
  expect([state('09:00', '10:00'), state('11:00', '12:00'), state('09:30', '10:30'), state('16:30', '17:30'), state('07:00', '08:00')]).toEqual(['free', 'free', 'busy', 'outside', 'outside']);
  expect(stateAt(undefined, 0, 1)).toBe('unknown');
});

test('a day without the half hour has no cell for it', () => {
  const days = ['2030-03-09', '2030-03-10'].map((d) => dayOf(T.PlainDate.from(d), 'America/New_York')), axis = axisOf(days);
  const rows = rowsBetween(days, axis, 60, 240);
  expect(rows.map((r) => r.cells.map((c) => c?.start.toString().slice(5, 16) ?? null))).toEqual([
    ['03-09T06:00', '03-10T06:00'], ['03-09T06:30', '03-10T06:30'], ['03-09T07:00', null], ['03-09T07:30', null], ['03-09T08:00', '03-10T07:00'], ['03-09T08:30', '03-10T07:30'],
  ]);
});

test('the grid is as high as hours are wide', () => {
  const days = [dayOf(T.PlainDate.from('2030-03-04'), 'Asia/Kathmandu')], axis = axisOf(days);
  expect(hoursShown(days, axis, [ben, undefined], (when, day) => place(when, day, axis))).toEqual({ from: 480, to: 1380 });
  expect(hoursShown(days, axis, [], (when, day) => place(when, day, axis))).toEqual({ from: 480, to: 1080 });
});
