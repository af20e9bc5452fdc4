import { mine, takesTime, type MeetingItem } from '../../api/meetings';
import { instant, midnight } from '../../time';

const start = (m: Pick<MeetingItem, 'start_time'>) => instant(m.start_time).epochMilliseconds;
const end = (m: Pick<MeetingItem, 'end_time'>) => instant(m.end_time).epochMilliseconds;

/** What takes my time on a day, by start. A meeting over midnight is on both days. */
export function ofDay(meetings: readonly MeetingItem[], email: string, day: Temporal.PlainDate, zone: string): MeetingItem[] {
  const from = midnight(day, zone).epochMilliseconds, to = midnight(day.add({ days: 1 }), zone).epochMilliseconds;
  return meetings.filter((m) => takesTime(m, email) && start(m) < to && end(m) > from).sort((a, b) => start(a) - start(b));
}

/** What is on now, or comes next. */
export function nextUp(meetings: readonly MeetingItem[], email: string, now: Temporal.Instant): MeetingItem | undefined {
  return meetings.filter((m) => takesTime(m, email) && end(m) > now.epochMilliseconds).sort((a, b) => start(a) - start(b))[0];
}

/** Invitations that I have not answered, to what is not over. */
export function pending(meetings: readonly MeetingItem[], email: string, now: Temporal.Instant): MeetingItem[] {
  return meetings.filter((m) => m.status === 'scheduled' && mine(m, email)?.status === 'pending' && end(m) > now.epochMilliseconds).sort((a, b) => start(a) - start(b));
}

/** Pairs that overlap; back to back is none (half-open). */
export function overlaps(meetings: readonly MeetingItem[], email: string, now: Temporal.Instant): [MeetingItem, MeetingItem][] {
  const coming = meetings.filter((m) => m.status === 'scheduled' && takesTime(m, email) && end(m) > now.epochMilliseconds).sort((a, b) => start(a) - start(b));
  const found: [MeetingItem, MeetingItem][] = [];
  coming.forEach((first, n) => {
    for (const second of coming.slice(n + 1)) {
      if (start(second) >= end(first)) break;
      found.push([first, second]);
    }
  });
  return found;
}

/** Minutes of a day that meetings take up; what overlaps counts once. */
export function load(meetings: readonly MeetingItem[], email: string, day: Temporal.PlainDate, zone: string): number {
  const from = midnight(day, zone).epochMilliseconds, to = midnight(day.add({ days: 1 }), zone).epochMilliseconds;
  let taken = 0, until = from;
  for (const m of ofDay(meetings, email, day, zone)) {
    const a = Math.max(start(m), until), b = Math.min(end(m), to);
    if (b > a) taken += b - a;
    until = Math.max(until, b);
  }
  return taken / 60_000;
}
