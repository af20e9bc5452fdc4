import { expect, test } from 'vitest';
import type { MeetingItem } from '../../api/meetings';
import { T } from '../../time';
import { load, nextUp, ofDay, overlaps, pending } from './agenda';

const me = 'ana@example.com';
let count = 0;

function meeting(start: string, end: string, answer?: string, status = 'scheduled'): MeetingItem {
  const participants = answer ? [{ id: 1, meeting: '', user: 1, email: me, name: '', status: answer, role: 'attendee', invited_at: start, responded_at: null }] : [];
  return {
    id: String(++count), title: start, description: '', location: '', start_time: start, end_time: end, timezone: 'UTC', status, role: answer ? 'attendee' : 'host',
    created_by_email: me, duration_minutes: 0, participant_count: participants.length, participants, created_at: start, updated_at: start, version: 1,
  };
}

const monday = T.PlainDate.from('2030-03-04');
const now = T.Instant.from('2030-03-04T09:00Z');
const ids = (list: readonly MeetingItem[]) => list.map((m) => m.id);

test('a day is the day on my clocks', () => {
  const late = meeting('2030-03-04T19:00Z', '2030-03-04T20:00Z'); // 00:45 of the next day in Kathmandu
  expect(ids(ofDay([late], me, monday, 'Asia/Kathmandu'))).toEqual([]);
  expect(ids(ofDay([late], me, monday.add({ days: 1 }), 'Asia/Kathmandu'))).toEqual([late.id]);
});

test('cancelled and declined meetings take no time', () => {
  const all = [meeting('2030-03-04T10:00Z', '2030-03-04T11:00Z', 'declined'), meeting('2030-03-04T10:00Z', '2030-03-04T11:00Z', undefined, 'cancelled')];
  expect(load(all, me, monday, 'UTC')).toBe(0);
  expect(nextUp(all, me, now)).toBeUndefined();
});

test('what overlaps counts once, and what leaves the day counts as far as it is in it', () => {
  const all = [meeting('2030-03-04T10:00Z', '2030-03-04T11:00Z'), meeting('2030-03-04T10:30Z', '2030-03-04T12:00Z'), meeting('2030-03-04T23:30Z', '2030-03-05T01:00Z')];
  expect(load(all, me, monday, 'UTC')).toBe(150);
  expect(load(all, me, monday.add({ days: 1 }), 'UTC')).toBe(60);
});

test('back to back is no conflict', () => {
  const [a, b, c] = [meeting('2030-03-04T10:00Z', '2030-03-04T11:00Z'), meeting('2030-03-04T11:00Z', '2030-03-04T12:00Z'), meeting('2030-03-04T11:30Z', '2030-03-04T13:00Z', 'pending')];
  expect(overlaps([c, b, a], me, now).map(ids)).toEqual([ids([b, c])]);
});

test('what is on now is next', () => {
  const on = meeting('2030-03-04T08:30Z', '2030-03-04T09:30Z'), later = meeting('2030-03-04T10:00Z', '2030-03-04T11:00Z');
  expect(nextUp([later, on], me, now)).toBe(on);
});

test('invitations to what is over are not asked for', () => {
  const old = meeting('2030-03-04T08:00Z', '2030-03-04T09:00Z', 'pending'), open = meeting('2030-03-05T08:00Z', '2030-03-05T09:00Z', 'pending');
  expect(ids(pending([open, old, meeting('2030-03-05T08:00Z', '2030-03-05T09:00Z', 'accepted')], me, now))).toEqual([open.id]);
});
