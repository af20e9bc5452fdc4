import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { OwnEvent } from '../../api/events';
import type { Meeting, MeetingItem } from '../../api/meetings';
import { ApiError } from '../../api/problems';
import { say } from '../../look/Toasts';
import { at, instant, range, withOffset } from '../../time';
import { t } from '../../words';
import type { Entry } from './entries';
import type { Range } from './rules';

/** Somebody else changed the meeting meanwhile: how it is now, and what was wanted. */
export interface Collision {
  entry: Entry;
  wanted: Range;
  current: Meeting;
}

const undoSeconds = 10;

/**
 * Moves and resizes what is in the calendar. The new time is shown at once; the server says afterwards whether it holds.
 * A change names the version that was seen, so that nobody else's change is lost.
 */
export function useMoves() {
  const client = useQueryClient();
  const [moved, setMoved] = useState<ReadonlyMap<string, Range>>(new Map());
  const [collision, setCollision] = useState<Collision>();

  const show = (key: string, to: Range | undefined) => setMoved((all) => {
    const copy = new Map(all);
    if (to) copy.set(key, to);
    else copy.delete(key);
    return copy;
  });

  async function move(entry: Entry, to: Range, undoing = false): Promise<void> {
    const before: Range = { start: entry.start, end: entry.end };
    show(entry.key, to);
    try {
      const after = entry.meeting ? await moveMeeting(entry.meeting, to) : entry.event ? await moveEvent(entry.event, to) : undefined;
      if (after && !undoing) {
        say(t('calendar.moved', { title: entry.title, when: range(to.start, to.end) }), { seconds: undoSeconds, undo: () => void move(after(entry, to), before, true) });
      }
      await client.invalidateQueries();
    } catch (error) {
      if (error instanceof ApiError && error.status === 412 && entry.meeting) setCollision({ entry, wanted: to, current: (error.body as { current: Meeting }).current });
      else say(t('soon.failed', { title: entry.title, why: error instanceof ApiError ? error.besides([]).join(' ') : String(error) }), { bad: true });
    } finally {
      show(entry.key, undefined);
    }
  }

  return {
    at: (entry: Entry): Entry => ({ ...entry, ...moved.get(entry.key) }),
    move,
    collision,
    /** What was wanted, in spite of the other change; or nothing. */
    settle: (insist: boolean) => {
      setCollision(undefined);
      if (!collision) return;
      const { entry, wanted, current } = collision;
      if (insist) void move({ ...entry, start: instant(current.start_time), end: instant(current.end_time), meeting: current }, wanted);
      else void client.invalidateQueries();
    },
  };
}

type After = (entry: Entry, to: Range) => Entry;

async function moveMeeting(meeting: MeetingItem, { start, end }: Range): Promise<After> {
  const changed = await api('patch', '/api/meetings/{id}/', {
    path: { id: meeting.id }, headers: { 'If-Match': `"${meeting.version}"` },
    body: { start_time: withOffset(at(start, meeting.timezone)), end_time: withOffset(at(end, meeting.timezone)) },
  });
  return (entry, to) => ({ ...entry, ...to, meeting: { ...meeting, version: changed.version } });
}

async function moveEvent(event: OwnEvent, { start, end }: Range): Promise<After> {
  await api('patch', '/api/events/{id}/', { path: { id: event.id }, body: { start_time: start.toString(), end_time: end.toString() } });
  return (entry, to) => ({ ...entry, ...to });
}
