import { expect, test } from 'vitest';
import { T } from '../../../time';
import { newDraft, type Draft } from './draft';
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
