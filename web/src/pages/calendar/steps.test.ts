import { expect, test } from 'vitest';
import { lanesOf } from './lanes';
import { step, type Piece, type Target } from './steps';

const day = 1440;
const column = (...spans: [key: string, from: number, to: number][]): Piece[] => {
  const lanes = lanesOf(spans.map(([, from, to]) => ({ from, to })));
  return spans.map(([key, from, to], i) => ({ key, from, to, ...(lanes[i] ?? { lane: 0, lanes: 1, width: 1 }) }));
};
const week = [column(['standup', 600, 615], ['design', 660, 780], ['lunch', 690, 720]), column(['review', 600, 720])];
const walk = (from: Target, ...ways: ('up' | 'down' | 'left' | 'right')[]) => ways.reduce<Target | string>((at, way) => typeof at === 'string' ? at : step(week, at, way, day), from);

test('up and down go by half hours, and onto what is there', () => {
  expect(walk({ column: 0, position: 540 }, 'down')).toEqual({ column: 0, position: 570, key: undefined });
  expect(walk({ column: 0, position: 540 }, 'down', 'down')).toEqual({ column: 0, position: 600, key: 'standup' });
  expect(walk({ column: 0, position: 540 }, 'down', 'down', 'down', 'down')).toEqual({ column: 0, position: 660, key: 'design' });
  expect(walk({ column: 0, position: 660, key: 'design' }, 'up')).toEqual({ column: 0, position: 630, key: undefined });
});

test('one step leaves an entry, however long', () => {
  expect(walk({ column: 0, position: 660, key: 'design' }, 'down')).toEqual({ column: 0, position: 780, key: undefined });
});

test('left and right reach what is at the same time, then the next day', () => {
  expect(walk({ column: 0, position: 660, key: 'design' }, 'right')).toMatchObject({ key: 'lunch' });
  expect(walk({ column: 0, position: 690, key: 'lunch' }, 'right')).toMatchObject({ column: 1, key: 'review' });
  expect(walk({ column: 1, position: 690, key: 'review' }, 'left')).toMatchObject({ column: 0, key: 'lunch' });
});

test('over the edge is the next week', () => {
  expect(walk({ column: 0, position: 0 }, 'left')).toBe('before');
  expect(walk({ column: 1, position: 0 }, 'right')).toBe('after');
  expect(walk({ column: 1, position: 0 }, 'up')).toMatchObject({ position: 0 });
  expect(walk({ column: 1, position: 1410 }, 'down')).toMatchObject({ position: 1410 });
});
