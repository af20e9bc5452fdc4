import { expect, test } from 'vitest';
import { T } from '../../../time';
import { daysOf, movedRule, ofPreset, presetOf, presets, readRule, ruleOf, sameRule, weekOf, type Repeat } from './repeat';
import { inWords, seriesInWords } from './words';

const tuesday = T.PlainDate.from('2030-03-05');
const planned = '2030-03-05T10:00:00';
const weekly = ofPreset('weekly');

test.each([
  ['daily', 'FREQ=DAILY', 'Every day'],
  ['workdays', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'Every weekday'],
  ['weekly', 'FREQ=WEEKLY', 'Every Tuesday'],
  ['monthly', 'FREQ=MONTHLY;BYDAY=1TU', 'Every month on the first Tuesday'],
  ['yearly', 'FREQ=YEARLY', 'Every year on 5 March'],
] as const)('the preset %s is %s', (preset, rule, words) => {
  expect(ruleOf(ofPreset(preset), tuesday, 'Europe/Berlin')).toBe(rule);
  expect(inWords(ofPreset(preset), tuesday)).toBe(words);
});

const ends: Partial<Repeat>[] = [{}, { end: 'count', count: 7 }, { end: 'date', until: '2030-10-27' }];
const forms: Repeat[] = [
  ...presets.map((preset) => ofPreset(preset)), { ...weekly, interval: 3, weekdays: [1, 4] }, { ...weekly, frequency: 'monthly', interval: 2, on: 'last' }, { ...weekly, frequency: 'monthly' },
  { ...weekly, frequency: 'daily', interval: 10 }, { ...weekly, frequency: 'yearly', interval: 4 },
];

test.each(forms.flatMap((form) => ends.map((end) => ({ ...form, ...end }))))('what a form sends is read back as that form: %o', (form) => {
  for (const zone of ['UTC', 'Asia/Kathmandu', 'America/New_York', 'Pacific/Auckland']) {
    const read = readRule(ruleOf(form, tuesday, zone) ?? '', planned, zone);
    expect(read && sameRule(read, form)).toBe(true);
    expect(read && presetOf(read)).toBe(presetOf(form));
  }
});

test('the last date is a whole day on the meeting’s clocks, also when they change on it', () => {
  const until = (date: string, zone: string) => ruleOf({ ...weekly, end: 'date', until: date }, tuesday, zone)?.split('UNTIL=')[1];
  expect(until('2030-03-31', 'Europe/Berlin')).toBe('20300331T215959Z');
  expect(until('2030-10-27', 'Europe/Berlin')).toBe('20301027T225959Z');
  expect(until('2030-04-01', 'Asia/Kathmandu')).toBe('20300401T181459Z');
});

test.each(['', '2030-03-04', '2030-02-30'])('an end that is none, or before the start, gives no rule: “%s”', (until) => {
  expect(ruleOf({ ...weekly, end: 'date', until }, tuesday, 'UTC')).toBeUndefined();
});

test('a series that was split ends the day before', () => {
  expect(readRule('FREQ=WEEKLY;UNTIL=20300402T095959Z', planned, 'UTC')).toMatchObject({ end: 'date', until: '2030-04-01' });
  expect(readRule('FREQ=WEEKLY;UNTIL=20300402', planned, 'UTC')).toMatchObject({ end: 'date', until: '2030-04-02' });
});

test('the start’s own day in a rule is no day of its own: it moves with the start', () => {
  expect(readRule('FREQ=WEEKLY;BYDAY=TU', planned, 'UTC')?.weekdays).toEqual([]);
  expect(readRule('FREQ=WEEKLY;WKST=SU;BYDAY=TU;COUNT=3', planned, 'UTC')).toMatchObject({ weekdays: [], end: 'count', count: 3 });
  expect(readRule('FREQ=WEEKLY;BYDAY=WE', planned, 'UTC')?.weekdays).toEqual([3]);
  expect(readRule('FREQ=WEEKLY;BYDAY=FR,MO', planned, 'UTC')?.weekdays).toEqual([1, 5]);
  expect(daysOf([5, 1, 5], tuesday)).toEqual([1, 5]);
  expect(daysOf([2], tuesday)).toEqual([]);
});

test.each([
  'FREQ=HOURLY', 'FREQ=DAILY;BYHOUR=9', 'FREQ=MONTHLY;BYDAY=TU', 'FREQ=MONTHLY;BYDAY=2TU', 'FREQ=MONTHLY;BYDAY=1TU,3TU', 'FREQ=MONTHLY;BYMONTHDAY=5,20', 'FREQ=YEARLY;BYMONTH=3;BYDAY=1TU',
  'FREQ=WEEKLY;BYDAY=MO,WE;BYSETPOS=1', 'FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,SU', 'FREQ=DAILY;BYDAY=MO', 'FREQ=WEEKLY;BYMONTH=5',
])('a rule that says more than the form is left to the server’s words: %s', (rule) => {
  expect(readRule(rule, planned, 'UTC')).toBeUndefined();
  expect(seriesInWords({ id: 'x', rrule: rule, recurrence_id: planned, description: 'As the server says' }, 'UTC')).toBe('As the server says');
});

test('the fifth of a month is the last', () => {
  expect(['2030-03-07', '2030-03-08', '2030-03-28', '2030-03-29'].map((d) => weekOf(T.PlainDate.from(d)))).toEqual([1, 2, 4, -1]);
});

test('in words, with its end', () => {
  expect(inWords({ ...weekly, interval: 2, weekdays: [1, 4], end: 'count', count: 8 }, tuesday)).toBe('Every 2 weeks on Monday and Thursday, 8 times');
  expect(inWords({ ...weekly, frequency: 'monthly', on: 'last', end: 'date', until: '2030-12-31' }, tuesday)).toBe('Every month on the last day, until 31 Dec 2030');
});

test('moved to another day of the month, a rule names that day', () => {
  const moved = (repeat: Repeat, from: string, to: string) => movedRule(repeat, T.PlainDate.from(from), T.PlainDate.from(to), 'UTC');
  const monthly = ofPreset('monthly'), last: Repeat = { ...monthly, on: 'last' };
  expect(moved(monthly, '2030-03-05', '2030-03-13')).toBe('FREQ=MONTHLY;BYDAY=2WE');
  expect(moved(last, '2030-03-31', '2030-03-29')).toBe('FREQ=MONTHLY');
  expect(moved(last, '2030-03-31', '2030-04-30')).toBe('FREQ=MONTHLY;BYMONTHDAY=-1');
  expect([moved(monthly, '2030-03-05', '2030-03-05'), moved(weekly, '2030-03-05', '2030-03-06'), moved({ ...monthly, end: 'count' }, '2030-03-05', '2030-03-13')]).toEqual([undefined, undefined, undefined]);
});
