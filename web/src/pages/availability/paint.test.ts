import { expect, test } from 'vitest';
import { added, covers, fromApi, onDay, rectangle, removed, same, tidy, toApi, total, type Hours } from './paint';

const on = (day: number, from: number, to: number): Hours => ({ day, from: from * 60, to: to * 60 });
const office = [0, 1, 2, 3, 4].map((d) => on(d, 9, 17));

test('what is painted joins what it touches', () => {
  expect(added([on(0, 9, 12)], [on(0, 12, 17)])).toEqual([on(0, 9, 17)]);
  expect(added([on(0, 9, 12)], [on(0, 13, 17)])).toEqual([on(0, 9, 12), on(0, 13, 17)]);
});

test('what is wiped out leaves both sides', () => {
  expect(removed(office, [on(2, 12, 13)]).filter((h) => h.day === 2)).toEqual([on(2, 9, 12), on(2, 13, 17)]);
  expect(removed([on(0, 9, 17)], [on(0, 0, 24)])).toEqual([]);
});

test('a night stays whole and belongs to the evening it begins on', () => {
  expect(added([on(0, 20, 24)], [on(1, 0, 6)])).toEqual([on(0, 20, 30)]);
  expect(toApi([on(0, 20, 30)])).toEqual([{ day_of_week: 0, start_time: '20:00', end_time: '06:00' }]);
  expect(onDay([on(0, 20, 30)], 1)).toEqual([{ from: 0, to: 360 }]);
});

test('Sunday night goes on on Monday', () => {
  const night = [on(6, 22, 30)];
  expect(tidy(night)).toEqual(night);
  expect(onDay(night, 0)).toEqual([{ from: 0, to: 360 }]);
  expect(removed(night, [on(0, 0, 2)])).toEqual([on(0, 2, 6), on(6, 22, 24)]);
});

test('whole days end at 24:00', () => {
  expect(toApi([on(5, 0, 24)])).toEqual([{ day_of_week: 5, start_time: '00:00', end_time: '24:00' }]);
  const always = [0, 1, 2, 3, 4, 5, 6].map((d) => on(d, 0, 24));
  expect(tidy(always)).toEqual(always);
  expect(tidy([on(0, 12, 24), on(1, 0, 24), on(2, 0, 12)])).toEqual([on(0, 12, 24), on(1, 0, 24), on(2, 0, 12)]);
});

test('a painted rectangle is the same hours on each of its days, whichever corner came first', () => {
  const painted = [on(1, 9, 11), on(2, 9, 11), on(3, 9, 11)];
  expect(rectangle({ day: 1, minute: 540 }, { day: 3, minute: 630 }, 30)).toEqual(painted);
  expect(rectangle({ day: 3, minute: 630 }, { day: 1, minute: 540 }, 30)).toEqual(painted);
});

test('typed hours need not be full quarters', () => {
  expect(toApi([{ day: 0, from: 9 * 60 + 10, to: 17 * 60 + 5 }])).toEqual([{ day_of_week: 0, start_time: '09:10', end_time: '17:05' }]);
});

test('whatever is painted or wiped out: what the API keeps is what was meant', () => {
  let seed = 11;
  const random = (below: number) => (seed = seed * 48_271 % 2_147_483_647) % below;
  for (let round = 0; round < 200; round++) {
    let hours: Hours[] = [];
    const cells = new Set<number>();
    for (let stroke = 0; stroke < 8; stroke++) {
      const area = rectangle({ day: random(7), minute: random(48) * 30 }, { day: random(7), minute: random(48) * 30 }, 30);
      const wipes = random(3) === 0;
      hours = wipes ? removed(hours, area) : added(hours, area);
      for (const { day, from, to } of area) for (let m = day * 1440 + from; m < day * 1440 + to; m += 30) {
        if (wipes) cells.delete(m);
        else cells.add(m);
      }
    }
    const kept = fromApi(toApi(hours));
    expect(same(kept, hours)).toBe(true);
    expect(total(kept)).toBe(cells.size * 30);
    for (let day = 0; day < 7; day++) for (let m = 0; m < 1440; m += 30) expect(covers(kept, { day, from: m, to: m + 30 })).toBe(cells.has(day * 1440 + m));
  }
});
