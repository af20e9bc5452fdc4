import { expect, test } from 'vitest';
import { inside } from './next';

test('after signing in, one goes on to the page that was asked for', () => {
  expect(inside('/dashboard/meetings?page=2')).toBe('/dashboard/meetings?page=2');
});

test.each([null, '', 'https://elsewhere.example.com', '//elsewhere.example.com/dashboard', '/login', 'javascript:alert(1)'])('but never elsewhere: %s', (next) => {
  expect(inside(next)).toBe('/dashboard');
});
