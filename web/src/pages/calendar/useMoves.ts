import { useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { OwnEvent } from '../../api/events';
import type { Meeting, MeetingItem } from '../../api/meetings';
import { ApiError } from '../../api/problems';
import { askScope, type Scope } from '../../api/scope';
import { say } from '../../look/Toasts';
import { at, instant, range, withOffset } from '../../time';
import { t } from '../../words';
import { movedRule, readRule } from '../meetings/repeat/repeat';
import type { Entry } from './entries';
import type { Range } from './rules';

/** Somebody else changed the meeting meanwhile: how it is now, and what was wanted. */
export interface Collision {
  entry: Entry;
  wanted: Range;
  current: Meeting;
}

/** Somebody is busy at the wanted time: who. Nothing was moved. */
export interface Refused {
  entry: Entry;
  wanted: Range;
  scope: Scope;
  reasons: readonly string[];
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
  const [refused, setRefused] = useState<Refused>();

  // Who moves it twice in a row must not meet their own first move as somebody else's change: one waits for the other, and knows its version.
  const queue = useRef(new Map<string, Promise<void>>());
  const versions = useRef(new Map<string, number>());

  const show = (key: string, to: Range) => setMoved((all) => new Map(all).set(key, to));
  // Unless it was moved on meanwhile.
  const forget = (key: string, to: Range) => setMoved((all) => all.get(key) === to ? new Map([...all].filter(([other]) => other !== key)) : all);

  /** Of a series it is asked which ones to move; the others follow once the server has moved them. An undo is for the same ones. */
  async function move(entry: Entry, to: Range, undone?: Scope): Promise<void> {
    show(entry.key, to);
    const scope = undone ?? (entry.meeting ? await askScope('move', entry.meeting) : 'this');
    if (!scope) {
      forget(entry.key, to);
      return;
    }
    return inTurn(entry, to, scope, undone !== undefined);
  }

  function inTurn(entry: Entry, to: Range, scope: Scope, undoing: boolean, allTheSame = false): Promise<void> {
    const turn = (queue.current.get(entry.key) ?? Promise.resolve()).then(() => send(entry, to, scope, undoing, allTheSame));
    queue.current.set(entry.key, turn);
    return turn;
  }

  async function send(entry: Entry, to: Range, scope: Scope, undoing: boolean, allTheSame: boolean): Promise<void> {
    const before: Range = { start: entry.start, end: entry.end };
    try {
      const changed = entry.meeting && await moveMeeting(entry.meeting, entry.start, Math.max(entry.meeting.version, versions.current.get(entry.key) ?? 0), to, scope, allTheSame);
      if (changed) versions.current.set(entry.key, changed.version);
      else if (entry.event) await moveEvent(entry.event, to);
      // What follows may have become a series of its own. Moving it back would leave two, so it is said instead of undone.
      const isSplit = changed?.series?.id !== entry.meeting?.series?.id;
      if (!undoing) say(t(isSplit ? 'calendar.moved.split' : 'calendar.moved', { title: entry.title, when: range(to.start, to.end) }), { seconds: undoSeconds, ...(isSplit ? {} : { undo: () => void move({ ...entry, ...to }, before, scope) }) });
      await client.invalidateQueries();
    } catch (error) {
      if (error instanceof ApiError && entry.meeting && error.of('conflict').length > 0) setRefused({ entry, wanted: to, scope, reasons: error.of('conflict') });
      else if (error instanceof ApiError && error.status === 412 && entry.meeting) setCollision({ entry, wanted: to, current: (error.body as { current: Meeting }).current });
      else say(t('soon.failed', { title: entry.title, why: error instanceof ApiError ? error.besides([]).join(' ') : String(error) }), { bad: true });
    } finally {
      forget(entry.key, to);
    }
  }

  return {
    at: (entry: Entry): Entry => ({ ...entry, ...moved.get(entry.key) }),
    move,
    collision,
    refused,
    /** Although somebody is busy then; or not at all. */
    answer: (allTheSame: boolean) => {
      setRefused(undefined);
      if (!refused || !allTheSame) return;
      show(refused.entry.key, refused.wanted);
      void inTurn(refused.entry, refused.wanted, refused.scope, false, true);
    },
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

async function moveMeeting(meeting: MeetingItem, before: Temporal.Instant, version: number, { start, end }: Range, scope: Scope, allTheSame: boolean): Promise<Meeting> {
  const from = at(start, meeting.timezone);
  const rrule = scope === 'this' || !meeting.series ? undefined
    : movedRule(readRule(meeting.series.rrule, meeting.series.recurrence_id, meeting.timezone), at(before, meeting.timezone).toPlainDate(), from.toPlainDate(), meeting.timezone);
  return await api('patch', '/api/meetings/{id}/', {
    path: { id: meeting.id }, headers: { 'If-Match': `"${version}"` },
    body: { start_time: withOffset(from), end_time: withOffset(at(end, meeting.timezone)), ...(scope === 'this' ? {} : { scope }), ...(rrule === undefined ? {} : { recurrence: { rrule } }), ...(allTheSame ? { conflict_policy: 'allow' } : {}) },
  });
}

async function moveEvent(event: OwnEvent, { start, end }: Range): Promise<void> {
  await api('patch', '/api/events/{id}/', { path: { id: event.id }, body: { start_time: start.toString(), end_time: end.toString() } });
}
