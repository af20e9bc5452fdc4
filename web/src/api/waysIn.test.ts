import { expect, test } from 'vitest';
import { ApiError } from './problems';
import { bytes, challengeOf, codeOf, text } from './waysIn';

test('bytes travel as base64url without padding', () => {
  expect(text(new Uint8Array([251, 255, 190]))).toBe('-_--');
  for (const length of [0, 1, 2, 3, 32]) {
    const all = Uint8Array.from({ length }, (_, n) => (n * 83 + 250) % 256);
    expect(text(all)).toMatch(/^[\w-]*$/);
    expect(bytes(text(all))).toEqual(all);
  }
});

test('only a first step that was right leads to the second', () => {
  const asked = new ApiError(401, { detail: 'x', code: 'second_factor_required', challenge: 'abc' });
  expect(challengeOf(asked)).toBe('abc');
  expect(codeOf(asked)).toBe('second_factor_required');
  expect(challengeOf(new ApiError(401, { detail: 'x', code: 'token_not_valid', challenge: 'abc' }))).toBeUndefined();
  expect(challengeOf(new ApiError(400, { code: 'second_factor_required', challenge: 'abc' }))).toBeUndefined();
  expect(challengeOf(new ApiError(401, undefined))).toBeUndefined();
  expect(challengeOf(new Error('x'))).toBeUndefined();
});
