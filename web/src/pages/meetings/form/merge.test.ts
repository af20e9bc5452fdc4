import { expect, test } from 'vitest';
import { T } from '../../../time';
import { ofPreset } from '../repeat/repeat';
import { bodyOf, isWhole, newDraft, whenOf, type Draft } from './draft';
import { changedBody, differences, taking } from './merge';

const base: Draft = {
  ...newDraft({}, 'Europe/Berlin'), title: 'Standup', date: '2030-03-05', endDate: '2030-03-05', start: T.PlainTime.from('10:00'), end: T.PlainTime.from('10:30'),
  people: [{ email: 'ben@example.com', name: 'Ben' }],
};

test('nothing changed is nothing to send', () => {
  expect(changedBody(base, { ...base, people: [...base.people] })).toEqual({});
});

test('only what was changed is sent', () => {
  expect(changedBody(base, { ...base, title: 'Daily' })).toEqual({ title: 'Daily' });
  expect(changedBody(base, { ...base, end: T.PlainTime.from('11:00'), policy: 'skip' })).toEqual(
    { start_time: '2030-03-05T10:00:00+01:00', end_time: '2030-03-05T11:00:00+01:00', timezone: 'Europe/Berlin', conflict_policy: 'skip' });
});

test('what somebody else changed can be taken, and mine is kept beside it', () => {
  const mine = { ...base, title: 'Daily', location: 'Room 1' }, theirs = { ...base, title: 'Weekly', start: T.PlainTime.from('09:00') };
  expect(differences(base, theirs)).toEqual(['title', 'when']);
  expect(taking(mine, theirs, ['title', 'when'])).toMatchObject({ title: 'Weekly', start: theirs.start, location: 'Room 1' });
});

test('the same people in another order are no change', () => {
  const more = [{ email: 'cho@example.com', name: '' }, ...base.people];
  expect(differences({ ...base, people: more }, { ...base, people: more.toReversed() })).toEqual([]);
});

const weekly: Draft = { ...base, repeat: ofPreset('weekly') };
const noon = { start: T.PlainTime.from('12:00'), end: T.PlainTime.from('12:30') };

test('a new series is booked by its rule, and whoever is busy is left out of the dates that clash', () => {
  const draft: Draft = { ...base, repeat: ofPreset('monthly', { end: 'date', until: '2030-12-31' }) };
  const times = whenOf(draft);
  expect(times && bodyOf(draft, times)).toMatchObject({ recurrence: { rrule: 'FREQ=MONTHLY;BYDAY=1TU;UNTIL=20301231T225959Z' }, series_conflict: 'dates' });
  expect(bodyOf(base, whenOf(base) ?? expect.fail())).not.toHaveProperty('recurrence');
  expect([isWhole(draft), isWhole({ ...draft, repeat: ofPreset('daily', { end: 'date' }) })]).toEqual([true, false]);
});

test('of a series, one date is changed alone; more are named', () => {
  expect(changedBody(weekly, { ...weekly, title: 'Daily' })).toEqual({ title: 'Daily' });
  expect(changedBody(weekly, { ...weekly, title: 'Daily' }, 'all')).toEqual({ title: 'Daily', scope: 'all', series_conflict: 'dates' });
  expect(changedBody(weekly, weekly, 'all')).toEqual({ scope: 'all' });
});

test('another rule goes with the start that it was shown for', () => {
  const when = { start_time: '2030-03-05T10:00:00+01:00', end_time: '2030-03-05T10:30:00+01:00', timezone: 'Europe/Berlin' };
  const changed = { ...weekly, repeat: ofPreset('workdays') };
  expect(changedBody(weekly, changed, 'following')).toEqual({ ...when, recurrence: { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR' }, scope: 'following', series_conflict: 'dates' });
  expect(changedBody(weekly, changed)).toEqual({});
});

test('another time moves the series; another day takes days that the rule names with it', () => {
  expect(changedBody(weekly, { ...weekly, ...noon }, 'all')).not.toHaveProperty('recurrence');
  const next = { date: '2030-03-13', endDate: '2030-03-13' };
  expect(changedBody(weekly, { ...weekly, ...next }, 'all')).not.toHaveProperty('recurrence');
  const monthly = { ...base, repeat: ofPreset('monthly') };
  expect(changedBody(monthly, { ...monthly, ...next }, 'all')).toMatchObject({ recurrence: { rrule: 'FREQ=MONTHLY;BYDAY=2WE' } });
  expect(changedBody(monthly, { ...monthly, ...noon }, 'all')).not.toHaveProperty('recurrence');
  expect(changedBody(monthly, { ...monthly, ...next })).not.toHaveProperty('recurrence');
  const counted = { ...base, repeat: ofPreset('monthly', { end: 'count', count: 5 }) };
  expect(changedBody(counted, { ...counted, ...next }, 'all')).not.toHaveProperty('recurrence');
});
