/** Hours of a day of the week in minutes from its midnight. An end beyond 24 hours is on the next day. */
export interface Hours {
  /** 0 is Monday. */
  day: number;
  from: number;
  to: number;
}

const day = 24 * 60, week = 7 * day;

interface Run {
  from: number;
  to: number;
}

/** As stretches of the week's minutes, merged; what goes over Sunday's midnight is at its beginning. */
function runsOf(hours: readonly Hours[]): Run[] {
  const parts = hours.filter((h) => h.to > h.from).flatMap(({ day: d, from, to }) => {
    const start = d * day + from, end = Math.min(d * day + to, start + week);
    return end > week ? [{ from: start, to: week }, { from: 0, to: end - week }] : [{ from: start, to: end }];
  }).sort((a, b) => a.from - b.from);
  const runs: Run[] = [];
  for (const part of parts) {
    const last = runs.at(-1);
    if (last && part.from <= last.to) last.to = Math.max(last.to, part.to);
    else runs.push({ ...part });
  }
  return runs;
}

/** Back to days. What goes over midnight stays whole and belongs to the day that it begins on; what is longer than a day is parted at midnights. */
function hoursOf(runs: readonly Run[]): Hours[] {
  const joined = runs.map((r) => ({ ...r }));
  const first = joined[0], last = joined.at(-1);
  if (first && last && first !== last && first.from === 0 && last.to === week) {
    last.to += first.to;
    joined.shift();
  }
  const hours: Hours[] = [];
  for (const { from, to } of joined) {
    if (to - from <= day && !(from % day === 0 && to - from === day)) {
      hours.push({ day: Math.floor(from / day) % 7, from: from % day, to: from % day + to - from });
      continue;
    }
    for (let at = from; at < to; at = (Math.floor(at / day) + 1) * day) {
      hours.push({ day: Math.floor(at / day) % 7, from: at % day, to: Math.min(to - Math.floor(at / day) * day, day) });
    }
  }
  return hours.sort((a, b) => a.day - b.day || a.from - b.from);
}

/** The same hours in their one form: sorted, and what overlaps or touches is one. */
export function tidy(hours: readonly Hours[]): Hours[] {
  return hoursOf(runsOf(hours));
}

export function added(hours: readonly Hours[], more: readonly Hours[]): Hours[] {
  return tidy([...hours, ...more]);
}

export function removed(hours: readonly Hours[], less: readonly Hours[]): Hours[] {
  let runs = runsOf(hours);
  for (const { from, to } of runsOf(less)) {
    runs = runs.flatMap((run) => [{ from: run.from, to: Math.min(run.to, from) }, { from: Math.max(run.from, to), to: run.to }].filter((r) => r.from < r.to));
  }
  return hoursOf(runs);
}

/** Whether all of a stretch is in the hours. */
export function covers(hours: readonly Hours[], wanted: Hours): boolean {
  const runs = runsOf(hours);
  return runsOf([wanted]).every((w) => runs.some((r) => r.from <= w.from && w.to <= r.to));
}

/** What the hours take up on one day, from its midnight to the next. */
export function onDay(hours: readonly Hours[], weekday: number): Run[] {
  return runsOf(hours).flatMap(({ from, to }) => {
    const a = Math.max(from - weekday * day, 0), b = Math.min(to - weekday * day, day);
    return a < b ? [{ from: a, to: b }] : [];
  });
}

/** The rectangle between two cells that were painted over: the same hours on each of its days. */
export function rectangle(a: { day: number; minute: number }, b: { day: number; minute: number }, step: number): Hours[] {
  const from = Math.min(a.minute, b.minute), to = Math.max(a.minute, b.minute) + step;
  const first = Math.min(a.day, b.day), last = Math.max(a.day, b.day);
  return Array.from({ length: last - first + 1 }, (_, n) => ({ day: first + n, from, to }));
}

export interface WeeklyRange {
  day_of_week: number;
  start_time: string;
  end_time: string;
}

const two = (n: number) => String(n).padStart(2, '0');
const clockOf = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

/** As the API has it: an end at or before the start is on the next day; 24:00 ends the day. */
export function toApi(hours: readonly Hours[]): WeeklyRange[] {
  return tidy(hours).map(({ day: day_of_week, from, to }) => ({ day_of_week, start_time: clockOf(from), end_time: clockOf(to > day ? to - day : to) }));
}

export function fromApi(ranges: readonly WeeklyRange[]): Hours[] {
  return tidy(ranges.map(({ day_of_week, start_time, end_time }) => {
    const minute = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
    const from = minute(start_time), to = minute(end_time);
    return { day: day_of_week, from, to: to <= from ? to + day : to };
  }));
}

export function total(hours: readonly Hours[]): number {
  return runsOf(hours).reduce((sum, r) => sum + r.to - r.from, 0);
}

export function same(a: readonly Hours[], b: readonly Hours[]): boolean {
  return JSON.stringify(tidy(a)) === JSON.stringify(tidy(b));
}
