import { expect, test } from 'vitest';
import { T } from '../../../time';
import { bodyOf, newDraft, whenOf, withEnd, withStart, type Draft } from './draft';

const time = (text: string) => T.PlainTime.from(text);
const draft = (zone: string, date: string, start: string, end: string): Draft => ({
  ...newDraft({}, zone), date, endDate: date, start: time(start), end: time(end),
});
const sent = (d: Draft) => {
  const times = whenOf(d);
  if (!times) throw new Error('no time');
  const { start_time, end_time, timezone } = bodyOf(d, times);
  return { start_time, end_time, timezone, minutes: times.minutes };
};

test('wall times are those of the meeting’s zone, and are sent with their offset', () => {
  expect(sent(draft('Asia/Kathmandu', '2030-03-05', '10:00', '11:00'))).toEqual(
    { start_time: '2030-03-05T10:00:00+05:45', end_time: '2030-03-05T11:00:00+05:45', timezone: 'Asia/Kathmandu', minutes: 60 });
});

test('over a change of the clocks, each end has its own offset', () => {
  expect(sent(draft('America/New_York', '2030-03-10', '01:30', '03:30'))).toMatchObject(
    { start_time: '2030-03-10T01:30:00-05:00', end_time: '2030-03-10T03:30:00-04:00', minutes: 60 });
});

test('a time that the clocks skip, and one that they show twice, are told', () => {
  expect(whenOf(draft('America/New_York', '2030-03-10', '02:30', '04:00'))?.start.odd).toBe('skipped');
  expect(whenOf(draft('America/New_York', '2030-11-03', '01:30', '04:00'))?.start.odd).toBe('doubled');
  expect(whenOf(draft('America/New_York', '2030-03-09', '02:30', '04:00'))?.start.odd).toBeUndefined();
});

test('a meeting that begins later ends later', () => {
  const moved = withStart(draft('UTC', '2030-03-05', '10:00', '11:30'), { start: time('23:00') });
  expect([moved.endDate, moved.end.toString()]).toEqual(['2030-03-06', '00:30:00']);
});

test('a start that the clocks skip takes the end to where the meeting will be', () => {
  const skipped = withStart(draft('America/New_York', '2030-03-10', '01:00', '01:30'), { start: time('02:30') });
  expect([skipped.end.toString(), whenOf(skipped)?.minutes, whenOf(skipped)?.start.odd]).toEqual(['04:00:00', 30, 'skipped']);
});

test('an end before the start is on the next day', () => {
  const late = withEnd(draft('UTC', '2030-03-05', '22:00', '23:00'), time('00:30'));
  expect([late.endDate, whenOf(late)?.minutes]).toEqual(['2030-03-06', 150]);
  expect(withEnd(late, time('23:30')).endDate).toBe('2030-03-05');
});

test.each(['', '2030-02-30', '20300-01-01'])('a date that is none gives no time: %s', (date) => {
  expect(whenOf({ ...draft('UTC', '2030-03-05', '10:00', '11:00'), date })).toBeUndefined();
});
