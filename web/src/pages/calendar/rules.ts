import type { Schema } from '../../api/client';
import { at, T, wall } from '../../time';

/** From one instant to another; half-open. */
export interface Range {
  start: Temporal.Instant;
  end: Temporal.Instant;
}

export interface RuleTime extends Range {
  kind: 'focus' | 'blocked' | 'away';
  reason: string;
}

export type Rules = Pick<Schema['MyAvailability'], 'timezone' | 'weekly_hours' | 'focus_time' | 'overrides'>;

/** Hours on the clocks of a date; an end at or before the start is on the next day. */
function hoursOn(date: Temporal.PlainDate, hours: { start_time: string; end_time: string }, zone: string): Range | undefined {
  const from = T.PlainTime.from(hours.start_time);
  // 24:00 is the next day's midnight.
  const to = T.PlainTime.from(hours.end_time.startsWith('24') ? '00:00' : hours.end_time);
  const last = T.PlainTime.compare(to, from) <= 0 ? date.add({ days: 1 }) : date;
  const start = wall(date, from, zone).zoned.toInstant(), end = wall(last, to, zone).zoned.toInstant();
  return T.Instant.compare(start, end) < 0 ? { start, end } : undefined;
}

/** What somebody's rules say about a time: when they are open, and what blocks. Ranges may reach over the edges of what was asked. */
export function rulesBetween(rules: Rules, from: Temporal.Instant, to: Temporal.Instant): { open: Range[]; blocks: RuleTime[] } {
  const zone = rules.timezone;
  const open: Range[] = [], blocks: RuleTime[] = [];
  const last = at(to, zone).toPlainDate();
  // From the day before: its hours may reach over midnight.
  for (let date = at(from, zone).toPlainDate().subtract({ days: 1 }); T.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    const key = date.toString(), weekday = date.dayOfWeek - 1;
    const ofDate = rules.overrides.filter((o) => o.kind === 'hours' && o.date === key);
    const hours = ofDate.length > 0 ? ofDate.flatMap((o) => o.hours ?? []) : rules.weekly_hours.filter((h) => h.day_of_week === weekday);
    for (const h of hours) {
      const range = hoursOn(date, h, zone);
      if (range) open.push(range);
    }
    for (const h of rules.focus_time.filter((f) => f.day_of_week === weekday)) {
      const range = hoursOn(date, h, zone);
      if (range) blocks.push({ ...range, kind: 'focus', reason: '' });
    }
    for (const o of rules.overrides.filter((b) => b.kind === 'blocked' && b.date === key)) {
      for (const h of o.hours ?? []) {
        const range = hoursOn(date, h, zone);
        if (range) blocks.push({ ...range, kind: 'blocked', reason: o.reason });
      }
    }
  }
  for (const o of rules.overrides) {
    if (o.kind !== 'out_of_office' || !o.start_time || !o.end_time) continue;
    const start = T.PlainDateTime.from(o.start_time).toZonedDateTime(zone).toInstant(), end = T.PlainDateTime.from(o.end_time).toZonedDateTime(zone).toInstant();
    blocks.push({ start, end, kind: 'away', reason: o.reason });
  }
  const overlaps = (r: Range) => T.Instant.compare(r.start, to) < 0 && T.Instant.compare(r.end, from) > 0;
  return { open: open.filter(overlaps), blocks: blocks.filter(overlaps) };
}
