import { expect, test } from 'vitest';
import { T } from '../time';
import { askScope, isMeant, meant } from './scope';

const series = { id: 's', rrule: 'FREQ=WEEKLY', recurrence_id: '2030-03-05T10:00:00', description: '' };
const on = (day: string, part = true) => ({ id: day, title: 'Standup', start_time: `2030-03-${day}T10:00:00Z`, end_time: `2030-03-${day}T10:30:00Z`, ...(part ? { series } : {}) });
const dates = ['05', '12', '19', '26'].map((day) => on(day));
const now = T.Instant.from('2030-03-10T00:00:00Z');
const chosen = (scope: 'this' | 'following' | 'all') => dates.filter((d) => isMeant(meant(on('19'), scope), d, now)).map((d) => d.id);

test('a change is meant for one, for those that follow, or for all that is not over', () => {
  expect([chosen('this'), chosen('following'), chosen('all')]).toEqual([['19'], ['19', '26'], ['12', '19', '26']]);
});

test('another series, or none, is never meant', () => {
  expect(isMeant(meant(on('19'), 'all'), { ...on('26'), series: { ...series, id: 'other' } }, now)).toBe(false);
  expect(isMeant(meant(on('19', false), 'all'), on('26', false), now)).toBe(false);
});

test('what does not repeat is not asked about', async () => {
  expect(await askScope('cancel', on('19', false))).toBe('this');
});
