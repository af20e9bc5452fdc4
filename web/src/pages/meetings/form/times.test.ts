import { expect, test } from 'vitest';
import { T } from '../../../time';
import { nearest } from './times';

const slot = (start: string, minutes = 60) => {
  const from = T.Instant.from(`2030-03-05T${start}Z`);
  return { start_time: from.toString(), end_time: from.add({ minutes }).toString() };
};

test('the nearest times come first, before or after, and none overlaps another', () => {
  const slots = ['09:00', '09:15', '09:30', '11:00', '11:15', '14:00'].map((s) => slot(s));
  expect(nearest(slots, T.Instant.from('2030-03-05T10:30Z'), 3).map((s) => s.start_time.slice(11, 16))).toEqual(['11:00', '09:30', '14:00']);
});

test('the wanted time itself is the nearest', () => {
  expect(nearest([slot('09:00'), slot('10:30'), slot('12:00')], T.Instant.from('2030-03-05T10:30Z'), 1)).toEqual([slot('10:30')]);
});
