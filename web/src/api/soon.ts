import { useSyncExternalStore } from 'react';
import type { QueryClient } from '@tanstack/react-query';
import { dismiss, say } from '../look/Toasts';
import { t } from '../words';
import { api } from './client';
import { mine, type MeetingItem } from './meetings';
import { ApiError } from './problems';
import { isMeant, meant, type Meant, type Repeated, type Scope } from './scope';

/*
 * Cancel, decline and delete can be undone for ten seconds. Others are told by mail as soon as the server knows, and mail can't be called back:
 * so the request itself waits, and the pages show what will be. Whoever leaves before means it: then it is sent at once.
 */
const seconds = 10;

export type Kind = 'cancel' | 'decline' | 'delete';

interface Soon {
  /** What it makes of which meeting; nothing, if it is about something else. */
  about: { kind: Kind; what: Meant } | undefined;
  send: (keepalive: boolean) => Promise<unknown>;
  timer: ReturnType<typeof setTimeout>;
  toast: number;
}

let waiting: ReadonlyMap<string, Soon> = new Map();
const listeners = new Set<() => void>();

function change(edit: (map: Map<string, Soon>) => void) {
  const copy = new Map(waiting);
  edit(copy);
  waiting = copy;
  for (const listener of listeners) listener();
}

interface Wait {
  /** What it is done to: nothing is waited for twice. */
  id: string;
  title: string;
  said: string;
  about?: Soon['about'];
  send: (keepalive: boolean) => Promise<unknown>;
}

/** Sent in ten seconds, unless it is undone. */
export function later({ id, title, said, about, send }: Wait, client: QueryClient) {
  if (waiting.has(id)) return;
  const done = async () => {
    try {
      await send(false);
    } catch (error) {
      say(t('soon.failed', { title, why: error instanceof ApiError ? error.detail : String(error) }), { bad: true });
    }
    await client.invalidateQueries();
    change((map) => map.delete(id));
  };
  const timer = setTimeout(() => void done(), seconds * 1000);
  const toast = say(said, {
    seconds,
    undo: () => {
      clearTimeout(timer);
      change((map) => map.delete(id));
    },
  });
  change((map) => map.set(id, { about, send, timer, toast }));
}

export function soon(kind: Kind, meeting: MeetingItem, client: QueryClient, { participant, scope = 'this' }: { participant?: number | undefined; scope?: Scope } = {}) {
  const { id } = meeting;
  const path = { id }, query = { scope };
  const send = (keepalive: boolean) => kind === 'cancel' ? api('post', '/api/meetings/{id}/cancel/', { path, query, keepalive })
    : kind === 'delete' ? api('delete', '/api/meetings/{id}/', { path, query, keepalive })
      : api('patch', '/api/meetings/{id}/participants/{pid}/status/', { path: { id, pid: participant ?? 0 }, query, body: { status: 'declined' }, keepalive });
  later({ id, title: meeting.title, said: t(scope === 'this' ? `soon.${kind}` : `soon.${kind}.${scope}`, { title: meeting.title }), about: { kind, what: meant(meeting, scope) }, send }, client);
}

export function watchLeaving() {
  addEventListener('pagehide', () => {
    for (const { send, timer, toast } of waiting.values()) {
      clearTimeout(timer);
      dismiss(toast);
      // The page is gone before an answer could be told.
      send(true).catch(() => undefined);
    }
    change((map) => map.clear());
  });
}

/** Whether it will be gone: what waits for deletion. */
export function willBeGone(what: Repeated, waits: Waiting): boolean {
  return [...waits.values()].some(({ about }) => about?.kind === 'delete' && isMeant(about.what, what));
}

/** What waits, by what it is done to. */
export type Waiting = ReadonlyMap<string, Pick<Soon, 'about'>>;

export function useWaiting(): Waiting {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => waiting);
}

/** A meeting as it will be once what waits is sent; undefined: deleted. */
export function asItWillBe<M extends MeetingItem>(meeting: M, waits: Waiting, email: string): M | undefined {
  const found = waits.get(meeting.id) ?? [...waits.values()].find(({ about }) => about && isMeant(about.what, meeting));
  switch (found?.about?.kind) {
    case undefined: return meeting;
    case 'delete': return undefined;
    case 'cancel': return { ...meeting, status: 'cancelled' };
    case 'decline': return { ...meeting, participants: meeting.participants.map((p) => p === mine(meeting, email) ? { ...p, status: 'declined' } : p) };
  }
}

export function useAsTheyWillBe<M extends MeetingItem>(meetings: readonly M[] | undefined, email: string): M[] | undefined {
  const waits = useWaiting();
  return meetings?.flatMap((meeting) => asItWillBe(meeting, waits, email) ?? []);
}
