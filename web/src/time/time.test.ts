import { expect, test } from 'vitest';
import { T } from './temporal';
import { browserZone } from './clock';
import { clocks, elsewhere, fromNow } from './format';
import { instant, readTime, startOfWeek, wall, withOffset } from './wall';
import { clockChange, offsetOf, sameZone } from './zones';

test('these tests run on clocks that are not UTC', () => {
  expect(sameZone(browserZone(), 'Asia/Kathmandu')).toBe(true);
});

test.each(['2030-03-04T10:00', '2030-03-04', '2030-03-04T10:00:00[Europe/Berlin]'])('what has no offset is not an instant: %s', (text) => {
  expect(() => instant(text)).toThrow();
});

test.each([
  ['9', '09:00:00'], ['9:30', '09:30:00'], ['930', '09:30:00'], ['9.30', '09:30:00'], ['21h', '21:00:00'], ['21 Uhr', '21:00:00'], ['9:30 pm', '21:30:00'],
  ['9.30 p.m.', '21:30:00'], ['12 am', '00:00:00'], ['12pm', '12:00:00'], ['0:00', '00:00:00'], ['1745', '17:45:00'],
])('%s is a time', (text, time) => {
  expect(readTime(text)?.toString()).toBe(time);
});

test.each(['', 'noon', '24:00', '9:60', '13 pm', '0 am', '9:3'])('%s is none', (text) => {
  expect(readTime(text)).toBeUndefined();
});

test.each([
  ['2030-03-31', '02:30', '2030-03-31T03:30:00+02:00', 'skipped'],
  ['2030-10-27', '02:30', '2030-10-27T02:30:00+02:00', 'doubled'],
  ['2030-07-01', '02:30', '2030-07-01T02:30:00+02:00', undefined],
])('in Berlin, %s %s is %s', (date, time, meant, odd) => {
  const read = wall(T.PlainDate.from(date), T.PlainTime.from(time), 'Europe/Berlin');
  expect([withOffset(read.zoned), read.odd]).toEqual([meant, odd]);
});

test('a meeting’s own clocks are shown only where they differ from the viewer’s', () => {
  expect(elsewhere('2030-03-04T09:00Z', '2030-03-04T10:00Z', 'Europe/Paris', 'Europe/Berlin')).toBeUndefined();
  expect(elsewhere('2030-03-04T09:00Z', '2030-03-04T10:00Z', 'Asia/Kathmandu', 'Europe/Berlin')).toContain('14:45');
  expect(elsewhere('2030-03-04T20:00Z', '2030-03-04T21:00Z', 'Asia/Kathmandu', 'Europe/Berlin')).toContain('5');
});

test('clocks are those of the zone that is asked for', () => {
  expect(clocks('2030-03-04T09:00Z', '2030-03-04T10:00Z', 'America/New_York')).toMatch(/04:00.+05:00/);
});

test('the next change of the clocks within a week', () => {
  const monday = T.Instant.from('2030-03-04T09:00Z');
  expect(clockChange('America/New_York', monday, monday.add({ hours: 24 * 7 }))).toMatchObject({ minutes: 60 });
  expect(clockChange('Europe/Berlin', monday, monday.add({ hours: 24 * 7 }))).toBeUndefined();
  expect(clockChange('Asia/Kathmandu', monday, monday.add({ hours: 24 * 365 }))).toBeUndefined();
});

test('offsets are those of the day', () => {
  expect(offsetOf('Europe/Berlin', T.Instant.from('2030-01-01T00:00Z'))).toBe('UTC+01:00');
  expect(offsetOf('Europe/Berlin', T.Instant.from('2030-07-01T00:00Z'))).toBe('UTC+02:00');
  expect(offsetOf('America/New_York', T.Instant.from('2030-01-01T00:00Z'))).toBe('UTC−05:00');
});

test('weeks begin where the language has them begin', () => {
  expect(startOfWeek(T.PlainDate.from('2030-03-06'), 1).toString()).toBe('2030-03-04');
  expect(startOfWeek(T.PlainDate.from('2030-03-06'), 7).toString()).toBe('2030-03-03');
});

test('how long until', () => {
  const now = T.Instant.from('2030-03-04T09:00Z');
  expect(fromNow('2030-03-04T09:12Z', now)).toBe('in 12 minutes');
  expect(fromNow('2030-03-04T11:30Z', now)).toBe('in 2 hours');
  expect(fromNow('2030-03-03T09:00Z', now)).toBe('yesterday');
});
