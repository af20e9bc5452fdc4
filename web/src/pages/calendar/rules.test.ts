import { expect, test } from 'vitest';
import { T } from '../../time';
import { rulesBetween, type Rules } from './rules';

const none: Rules = { timezone: 'America/New_York', weekly_hours: [], focus_time: [], overrides: [] };
const hours = (day_of_week: number, start_time: string, end_time: string) => ({ day_of_week, start_time, end_time });
const override = (kind: string, more: Partial<Rules['overrides'][number]>) => ({ id: 1, kind, date: null, hours: null, start_time: null, end_time: null, reason: '', created_at: '', updated_at: '', ...more });
const span = (r: { start: Temporal.Instant; end: Temporal.Instant }) => `${r.start.toString()}/${r.end.toString()}`;
const day = (rules: Partial<Rules>, date: string) => {
  const from = T.PlainDate.from(date).toZonedDateTime('America/New_York');
  const found = rulesBetween({ ...none, ...rules }, from.toInstant(), from.add({ days: 1 }).toInstant());
  return { open: found.open.map((r) => span(r)), blocks: found.blocks.map((r) => `${r.kind} ${span(r)}`) };
};

test('weekly hours are on the clocks of their zone, before and after these change', () => {
  const weekly_hours = [5, 6].map((d) => hours(d, '09:00', '17:00'));
  expect(day({ weekly_hours }, '2030-03-09').open).toEqual(['2030-03-09T14:00:00Z/2030-03-09T22:00:00Z']);
  expect(day({ weekly_hours }, '2030-03-10').open).toEqual(['2030-03-10T13:00:00Z/2030-03-10T21:00:00Z']);
});

test('hours over midnight are on both days', () => {
  const weekly_hours = [hours(0, '22:00', '06:00')];
  expect(day({ weekly_hours }, '2030-03-04').open).toEqual(['2030-03-05T03:00:00Z/2030-03-05T11:00:00Z']);
  expect(day({ weekly_hours }, '2030-03-05').open).toEqual(['2030-03-05T03:00:00Z/2030-03-05T11:00:00Z']);
});

test('24:00 ends the day', () => {
  expect(day({ weekly_hours: [hours(0, '20:00', '24:00')] }, '2030-03-04').open).toEqual(['2030-03-05T01:00:00Z/2030-03-05T05:00:00Z']);
});

test('hours within a skipped hour are none', () => {
  expect(day({ weekly_hours: [hours(6, '02:00', '03:00')] }, '2030-03-10').open).toEqual([]);
});

test('hours of a date replace those of the week; none close it', () => {
  const weekly_hours = [hours(0, '09:00', '17:00')];
  expect(day({ weekly_hours, overrides: [override('hours', { date: '2030-03-04', hours: [{ start_time: '10:00', end_time: '11:00' }] })] }, '2030-03-04').open).toEqual(['2030-03-04T15:00:00Z/2030-03-04T16:00:00Z']);
  expect(day({ weekly_hours, overrides: [override('hours', { date: '2030-03-04', hours: [] })] }, '2030-03-04').open).toEqual([]);
});

test('focus time, blocked hours and absences block', () => {
  const found = day({
    focus_time: [hours(0, '09:00', '10:00')],
    overrides: [override('blocked', { date: '2030-03-04', hours: [{ start_time: '12:00', end_time: '13:00' }] }), override('out_of_office', { start_time: '2030-03-04T15:00:00', end_time: '2030-03-06T00:00:00' })],
  }, '2030-03-04');
  expect(found.blocks).toEqual(['focus 2030-03-04T14:00:00Z/2030-03-04T15:00:00Z', 'blocked 2030-03-04T17:00:00Z/2030-03-04T18:00:00Z', 'away 2030-03-04T20:00:00Z/2030-03-06T05:00:00Z']);
});
