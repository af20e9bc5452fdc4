import { expect, test } from 'vitest';
import { changesOf } from './changes';

test('a value that was changed has both sides', () => {
  expect(changesOf({ title: 'Standup' }, { title: 'Daily' })).toEqual([{ path: ['title'], before: 'Standup', after: 'Daily' }]);
});

test('what is new or gone has one', () => {
  expect(changesOf(null, { title: 'Standup', location: '' })).toEqual([{ path: ['title'], before: undefined, after: 'Standup' }]);
  expect(changesOf({ title: 'Standup', reminder_minutes: null }, null)).toEqual([{ path: ['title'], before: 'Standup', after: undefined }]);
});

test('an emptied value is a change', () => {
  expect(changesOf({ location: 'Room 2' }, { location: '' })).toEqual([{ path: ['location'], before: 'Room 2', after: '' }]);
});

test('people are told one by one', () => {
  expect(changesOf({ participants: { 'ben@example.com': 'attendee' } }, { participants: { 'ben@example.com': 'cohost', 'cho@example.com': 'attendee' } })).toEqual([
    { path: ['participants', 'ben@example.com'], before: 'attendee', after: 'cohost' },
    { path: ['participants', 'cho@example.com'], before: undefined, after: 'attendee' },
  ]);
});

test('hours of a day that had none are told as they are', () => {
  expect(changesOf({ hours: null }, { hours: [{ start: '09:00' }] })).toEqual([{ path: ['hours'], before: null, after: [{ start: '09:00' }] }]);
});

test('a start stands before its end, however the store kept them', () => {
  expect(changesOf({ end_time: '11', start_time: '10' }, { end_time: '12', reason: 'Late', start_time: '10' }).map((c) => c.path[0])).toEqual(['start_time', 'end_time', 'reason']);
});
