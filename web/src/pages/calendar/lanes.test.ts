import { expect, test } from 'vitest';
import { lanesOf, type Span } from './lanes';

const span = (from: number, to: number): Span => ({ from, to });

test('what is alone has the whole width, and so has what only touches', () => {
  expect(lanesOf([span(0, 60), span(60, 120)])).toEqual([{ lane: 0, lanes: 1, width: 1 }, { lane: 0, lanes: 1, width: 1 }]);
});

test('two at once share it', () => {
  expect(lanesOf([span(0, 60), span(30, 90)])).toEqual([{ lane: 0, lanes: 2, width: 1 }, { lane: 1, lanes: 2, width: 1 }]);
});

test('a lane that is free again is used again', () => {
  expect(lanesOf([span(0, 120), span(0, 30), span(30, 60)]).map((l) => l.lane)).toEqual([0, 1, 1]);
});

test('what has nobody on its right grows to the right', () => {
  expect(lanesOf([span(0, 60), span(0, 60), span(30, 90), span(60, 120)])).toEqual([
    { lane: 0, lanes: 3, width: 1 }, { lane: 1, lanes: 3, width: 1 }, { lane: 2, lanes: 3, width: 1 }, { lane: 0, lanes: 3, width: 2 },
  ]);
});

test('the answer is in the order of the question', () => {
  expect(lanesOf([span(30, 90), span(0, 60)]).map((l) => l.lane)).toEqual([1, 0]);
  expect(lanesOf([])).toEqual([]);
});

test('nothing is ever drawn over something else', () => {
  let seed = 7;
  const random = (below: number) => (seed = seed * 48_271 % 2_147_483_647) % below;
  for (let round = 0; round < 300; round++) {
    const spans = Array.from({ length: 1 + random(14) }, () => { const from = random(48); return span(from, from + 1 + random(12)); });
    const laid = lanesOf(spans);
    for (const [i, a] of spans.entries()) {
      for (const [j, b] of spans.entries()) {
        const x = laid[i], y = laid[j];
        if (i >= j || !x || !y || a.from >= b.to || b.from >= a.to) continue;
        expect(x.lanes).toBe(y.lanes);
        expect(x.lane + x.width <= y.lane || y.lane + y.width <= x.lane).toBe(true);
      }
    }
  }
});
