import { expect, test } from 'vitest';
import { T } from '../../time';
import { axisOf, dayOf, instantAt, missingOf, place, placeEnd, rowsOf, snap } from './axis';

const on = (date: string, zone: string) => dayOf(T.PlainDate.from(date), zone);
const when = (text: string) => T.Instant.from(text);
const hours = (day: ReturnType<typeof on>) => (day.end.epochMilliseconds - day.start.epochMilliseconds) / 3_600_000;

test('an ordinary day has 24 rows, and places are the minutes of its clocks', () => {
  const day = on('2030-03-04', 'Asia/Kathmandu'), axis = axisOf([day]);
  expect([hours(day), axis.length, rowsOf(axis).length]).toEqual([24, 1440, 24]);
  expect(place(when('2030-03-04T10:30:00+05:45'), day, axis)).toBe(630);
  expect(instantAt(630, day, axis).toString()).toBe('2030-03-04T04:45:00Z');
  expect(missingOf(day, axis)).toEqual([]);
});

test('New York, 2030-03-10: 23 hours, and the row from 2 to 3 is skipped', () => {
  const day = on('2030-03-10', 'America/New_York'), axis = axisOf([day]);
  expect([hours(day), axis.length]).toEqual([23, 1440]);
  expect(missingOf(day, axis)).toEqual([{ from: 120, to: 180, kind: 'skipped' }]);
  expect(place(when('2030-03-10T01:30:00-05:00'), day, axis)).toBe(90);
  expect(place(when('2030-03-10T03:00:00-04:00'), day, axis)).toBe(180);
  // What ends when the clocks jump ends in front of the skipped hour; it is the same instant as three o'clock.
  expect(placeEnd(when('2030-03-10T03:00:00-04:00'), day, axis)).toBe(120);
  expect(instantAt(150, day, axis).toString()).toBe('2030-03-10T07:00:00Z');
});

test('New York, 2030-11-03: 25 hours, and the hour from 1 to 2 has two rows', () => {
  const day = on('2030-11-03', 'America/New_York'), other = on('2030-11-04', 'America/New_York'), axis = axisOf([day, other]);
  expect([hours(day), axis.length]).toEqual([25, 1500]);
  expect(place(when('2030-11-03T01:30:00-04:00'), day, axis)).toBe(90);
  expect(place(when('2030-11-03T01:30:00-05:00'), day, axis)).toBe(150);
  expect(place(when('2030-11-03T02:00:00-05:00'), day, axis)).toBe(180);
  expect(missingOf(day, axis)).toEqual([]);
  // On Monday that hour comes once: its second row is not there.
  expect(missingOf(other, axis)).toEqual([{ from: 120, to: 180, kind: 'once' }]);
  expect(place(when('2030-11-04T01:30:00-05:00'), other, axis)).toBe(90);
  expect(place(when('2030-11-04T02:00:00-05:00'), other, axis)).toBe(180);
  expect(placeEnd(when('2030-11-04T02:00:00-05:00'), other, axis)).toBe(120);
  expect(instantAt(150, other, axis).toString()).toBe('2030-11-04T07:00:00Z');
  expect(rowsOf(axis).filter((r) => r.again).map((r) => [r.position, r.time.toString()])).toEqual([[120, '01:00:00']]);
});

test('clocks that jump at midnight: the day begins at one', () => {
  const day = on('2024-09-08', 'America/Santiago'), axis = axisOf([day]);
  expect(hours(day)).toBe(23);
  expect(missingOf(day, axis)).toEqual([{ from: 0, to: 60, kind: 'skipped' }]);
  expect(instantAt(30, day, axis).toString()).toBe(day.start.toString());
});

test('clocks that go back by half an hour', () => {
  const day = on('2030-04-07', 'Australia/Lord_Howe'), axis = axisOf([day]);
  expect([hours(day), axis.length]).toEqual([24.5, 1470]);
});

test.each([
  ['2030-03-10', 'America/New_York'], ['2030-11-03', 'America/New_York'], ['2030-03-31', 'Europe/Berlin'], ['2030-10-27', 'Europe/Berlin'],
  ['2030-04-07', 'Australia/Lord_Howe'], ['2030-10-06', 'Australia/Lord_Howe'], ['2024-09-08', 'America/Santiago'], ['2030-03-04', 'Asia/Kathmandu'],
])('each quarter of an hour has one place, further down than the one before: %s %s', (date, zone) => {
  const day = on(date, zone), axis = axisOf([day, on('2030-11-03', zone)]);
  let last = -1;
  for (let t = day.start; T.Instant.compare(t, day.end) < 0; t = t.add({ minutes: 15 })) {
    const position = place(t, day, axis);
    expect(position).toBeGreaterThan(last);
    expect(instantAt(position, day, axis).toString()).toBe(t.toString());
    expect(placeEnd(t.add({ minutes: 15 }), day, axis)).toBe(position + 15);
    last = position;
  }
});

test('positions snap to quarters', () => {
  expect([snap(7), snap(8), snap(52.4), snap(37, 30)]).toEqual([0, 15, 45, 30]);
});
