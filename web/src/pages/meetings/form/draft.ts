import type { Meeting } from '../../../api/meetings';
import { at, now, T, wall, withOffset, type WallTime } from '../../../time';
import type { Schema } from '../../../api/client';
import type { Prefill } from '../prefill';
import type { Invitee } from './addresses';

/** A meeting as it stands in the form: wall times on the clocks of its zone. */
export interface Draft {
  title: string;
  date: string;
  start: Temporal.PlainTime;
  endDate: string;
  end: Temporal.PlainTime;
  zone: string;
  people: readonly Invitee[];
  location: string;
  description: string;
  /** Minutes before the start; null: no reminder. */
  reminder: number | null;
  policy: 'skip' | 'allow' | undefined;
}

/** The next full half hour, for half an hour, unless it is known better. */
export function newDraft(prefill: Prefill, zone: string, reminder: number | null = 30): Draft {
  const half = 30 * 60_000;
  const start = prefill.start ?? T.Instant.fromEpochMilliseconds(Math.ceil(now().epochMilliseconds / half) * half);
  const end = prefill.end ?? start.add({ minutes: 30 });
  return {
    title: prefill.title ?? '', ...timesOf(start, end, zone), zone, location: '', description: '', reminder, policy: undefined,
    people: (prefill.people ?? []).map((email) => ({ email: email.toLowerCase(), name: '' })),
  };
}

export function draftOf(meeting: Meeting): Draft {
  return {
    title: meeting.title, ...timesOf(T.Instant.from(meeting.start_time), T.Instant.from(meeting.end_time), meeting.timezone), zone: meeting.timezone,
    people: meeting.participants.map(({ email, name }) => ({ email, name })), location: meeting.location, description: meeting.description,
    reminder: meeting.reminder_minutes, policy: undefined,
  };
}

export function timesOf(start: Temporal.Instant, end: Temporal.Instant, zone: string): Pick<Draft, 'date' | 'start' | 'endDate' | 'end'> {
  const from = at(start, zone), to = at(end, zone);
  return { date: from.toPlainDate().toString(), start: from.toPlainTime(), endDate: to.toPlainDate().toString(), end: to.toPlainTime() };
}

export interface Times {
  start: WallTime;
  end: WallTime;
  minutes: number;
}

/** Undefined where a date is missing or wrong, or the end is not after the start. */
export function whenOf(draft: Draft): Times | undefined {
  if (!isDate(draft.date) || !isDate(draft.endDate)) return undefined;
  const start = wall(T.PlainDate.from(draft.date), draft.start, draft.zone), end = wall(T.PlainDate.from(draft.endDate), draft.end, draft.zone);
  const minutes = (end.zoned.epochMilliseconds - start.zoned.epochMilliseconds) / 60_000;
  return minutes > 0 ? { start, end, minutes } : undefined;
}

function isDate(text: string): boolean {
  try {
    return T.PlainDate.from(text).year < 9999;
  } catch {
    return false;
  }
}

/** Another start takes the end with it: the meeting stays as long as it was, also over a change of the clocks. */
export function withStart(draft: Draft, change: Partial<Pick<Draft, 'date' | 'start'>>): Draft {
  const moved = { ...draft, ...change };
  if (!isDate(moved.date)) return moved;
  const end = wall(T.PlainDate.from(moved.date), moved.start, draft.zone).zoned.add({ minutes: whenOf(draft)?.minutes ?? 30 });
  return { ...moved, endDate: end.toPlainDate().toString(), end: end.toPlainTime() };
}

/** An end before the start is on the next day; one behind it on the same, unless the meeting lasts for days. */
export function withEnd(draft: Draft, end: Temporal.PlainTime): Draft {
  if (!isDate(draft.date) || (isDate(draft.endDate) && T.PlainDate.from(draft.date).until(draft.endDate).days > 1)) return { ...draft, end };
  const next = T.PlainTime.compare(end, draft.start) <= 0;
  return { ...draft, end, endDate: T.PlainDate.from(draft.date).add({ days: next ? 1 : 0 }).toString() };
}

/** What is sent. Times carry their offset, so that nobody has to guess; the zone goes with them, so that they stay right when its rules change. */
export function bodyOf(draft: Draft, times: Times): Schema['MeetingBody'] {
  return {
    title: draft.title, start_time: withOffset(times.start.zoned), end_time: withOffset(times.end.zoned), timezone: draft.zone,
    location: draft.location, description: draft.description, reminder_minutes: draft.reminder,
    participants: draft.people.map(({ email, name }) => ({ email, name })), ...(draft.policy ? { conflict_policy: draft.policy } : {}),
  };
}
