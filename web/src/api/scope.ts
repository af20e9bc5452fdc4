import { useSyncExternalStore } from 'react';
import { instant, now, T } from '../time';

/** Whatever may repeat: a meeting, or an event of one's own. */
export interface Repeated {
  id: string;
  series?: { id: string } | null | undefined;
  start_time: string;
  end_time: string;
}

/** Of what repeats: what a change is for. */
export type Scope = 'this' | 'following' | 'all';
export type ScopeVerb = 'edit' | 'move' | 'cancel' | 'delete' | 'answer' | 'invite';

interface Question {
  verb: ScopeVerb;
  title: string;
  /** The change makes no sense for a single one: it changes how they repeat. */
  several: boolean;
  answer: (scope: Scope | undefined) => void;
}

let question: Question | undefined;
const listeners = new Set<() => void>();

function ask(next: Question | undefined) {
  question = next;
  for (const listener of listeners) listener();
}

/** Asks for which dates it is meant, if it repeats; otherwise it is this one, without a question. Undefined: they thought better of it. */
export function askScope(verb: ScopeVerb, meeting: Pick<Repeated, 'series'> & { title: string }, several = false): Promise<Scope | undefined> {
  if (!meeting.series) return Promise.resolve('this');
  question?.answer(undefined);
  return new Promise((resolve) => ask({
    verb, title: meeting.title, several,
    answer: (scope) => {
      ask(undefined);
      resolve(scope);
    },
  }));
}

export function useScopeQuestion(): Question | undefined {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => question);
}

/** What a change is about: one meeting, and as many others of its series as it is meant for. */
export interface Meant {
  id: string;
  scope: Scope;
  series?: string | undefined;
  from: string;
}

export function meant(meeting: Pick<Repeated, 'id' | 'series' | 'start_time'>, scope: Scope): Meant {
  return { id: meeting.id, scope, series: meeting.series?.id, from: meeting.start_time };
}

/** Whether a change is about this meeting, too. What is over stays as it was. */
export function isMeant(what: Meant, meeting: Repeated, at: Temporal.Instant = now()): boolean {
  if (what.id === meeting.id) return true;
  if (what.scope === 'this' || what.series === undefined || meeting.series?.id !== what.series) return false;
  return T.Instant.compare(instant(meeting.end_time), at) > 0 && (what.scope === 'all' || T.Instant.compare(instant(meeting.start_time), instant(what.from)) >= 0);
}
