import { useRef, useState } from 'react';
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

  // Who moves it twice in a row must not meet their own first move as somebody else's change: one waits for the other, and knows its version.
  const queue = useRef(new Map<string, Promise<void>>());
  const versions = useRef(new Map<string, number>());

  const show = (key: string, to: Range) => setMoved((all) => new Map(all).set(key, to));
  // Unless it was moved on meanwhile.
  const forget = (key: string, to: Range) => setMoved((all) => all.get(key) === to ? new Map([...all].filter(([other]) => other !== key)) : all);

  function move(entry: Entry, to: Range, undoing = false): Promise<void> {
    show(entry.key, to);
    const turn = (queue.current.get(entry.key) ?? Promise.resolve()).then(() => send(entry, to, undoing));
    queue.current.set(entry.key, turn);
    return turn;
  }

  async function send(entry: Entry, to: Range, undoing: boolean): Promise<void> {
    const before: Range = { start: entry.start, end: entry.end };
    try {
      if (entry.meeting) versions.current.set(entry.key, await moveMeeting(entry.meeting, Math.max(entry.meeting.version, versions.current.get(entry.key) ?? 0), to));
      else if (entry.event) await moveEvent(entry.event, to);
      if (!undoing) say(t('calendar.moved', { title: entry.title, when: range(to.start, to.end) }), { seconds: undoSeconds, undo: () => void move({ ...entry, ...to }, before, true) });
      await client.invalidateQueries();
    } catch (error) {
      if (error instanceof ApiError && error.status === 412 && entry.meeting) setCollision({ entry, wanted: to, current: (error.body as { current: Meeting }).current });
      else say(t('soon.failed', { title: entry.title, why: error instanceof ApiError ? error.besides([]).join(' ') : String(error) }), { bad: true });
    } finally {
      forget(entry.key, to);
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

/** Answers its new version. */
async function moveMeeting(meeting: MeetingItem, version: number, { start, end }: Range): Promise<number> {
  const changed = await api('patch', '/api/meetings/{id}/', {
    path: { id: meeting.id }, headers: { 'If-Match': `"${version}"` },
    body: { start_time: withOffset(at(start, meeting.timezone)), end_time: withOffset(at(end, meeting.timezone)) },
  });
  return changed.version;
}

async function moveEvent(event: OwnEvent, { start, end }: Range): Promise<void> {
  await api('patch', '/api/events/{id}/', { path: { id: event.id }, body: { start_time: start.toString(), end_time: end.toString() } });
}
