import type { Schema } from '../../../api/client';
import { bodyOf, whenOf, type Draft } from './draft';

/** What can change in a meeting, as one decides about it: start, end and zone are one thing. */
export type Part = 'title' | 'when' | 'people' | 'location' | 'description' | 'reminder';

const parts: Readonly<Record<Part, (draft: Draft) => string>> = {
  title: (d) => d.title,
  when: (d) => [d.date, d.start, d.endDate, d.end, d.zone].join(),
  people: (d) => d.people.map((p) => `${p.email} ${p.name}`).sort().join(),
  location: (d) => d.location,
  description: (d) => d.description,
  reminder: (d) => String(d.reminder),
};

/** In what two drafts differ. */
export function differences(a: Draft, b: Draft): Part[] {
  return (Object.keys(parts) as Part[]).filter((part) => parts[part](a) !== parts[part](b));
}

/** Parts of another draft, in this one. */
export function taking(draft: Draft, from: Draft, wanted: readonly Part[]): Draft {
  const copy = { ...draft };
  for (const part of wanted) {
    if (part === 'when') Object.assign(copy, { date: from.date, start: from.start, endDate: from.endDate, end: from.end, zone: from.zone });
    else Object.assign(copy, { [part]: from[part] });
  }
  return copy;
}

/** Only what was changed is sent: what others changed elsewhere in it stays. Undefined: the draft has no time. */
export function changedBody(initial: Draft, draft: Draft): Schema['MeetingChangeBody'] | undefined {
  const times = whenOf(draft);
  if (!times) return undefined;
  const body = bodyOf(draft, times);
  const fields: Readonly<Record<Part, readonly (keyof Schema['MeetingBody'])[]>> = {
    title: ['title'], when: ['start_time', 'end_time', 'timezone'], people: ['participants'], location: ['location'], description: ['description'], reminder: ['reminder_minutes'],
  };
  const sent = new Set(differences(initial, draft).flatMap((part) => [...fields[part], 'conflict_policy']));
  return Object.fromEntries(Object.entries(body).filter(([name]) => sent.has(name)));
}
