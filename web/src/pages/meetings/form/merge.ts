import type { Schema } from '../../../api/client';
import type { Scope } from '../../../api/scope';
import { whatItSays } from '../repeat/repeat';
import { bodyOf, ruleIn, whenOf, type Draft } from './draft';

/** What can change in a meeting, as one decides about it: start, end and zone are one thing. */
export type Part = 'title' | 'when' | 'people' | 'location' | 'description' | 'reminder' | 'repeat';

const parts: Readonly<Record<Part, (draft: Draft) => string>> = {
  title: (d) => d.title,
  when: (d) => [d.date, d.start, d.endDate, d.end, d.zone].join(),
  people: (d) => d.people.map((p) => `${p.email} ${p.name}`).sort().join(),
  location: (d) => d.location,
  description: (d) => d.description,
  reminder: (d) => String(d.reminder),
  repeat: (d) => d.repeat ? whatItSays(d.repeat) : '',
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

/**
 * Only what was changed is sent: what others changed elsewhere in it stays. Undefined: the draft has no time.
 * Of a series, whatever the rule depends on goes with it: what the form showed is what will be.
 */
export function changedBody(initial: Draft, draft: Draft, scope: Scope = 'this'): Schema['MeetingChangeBody'] | undefined {
  const times = whenOf(draft);
  if (!times) return undefined;
  const body = bodyOf(draft, times);
  const changed = differences(initial, draft);
  const repeats = scope !== 'this' && (changed.includes('repeat') || movesDays(initial, draft));
  const fields: Readonly<Record<Part, readonly (keyof Schema['MeetingBody'])[]>> = {
    title: ['title'], when: ['start_time', 'end_time', 'timezone'], people: ['participants'], location: ['location'], description: ['description'], reminder: ['reminder_minutes'],
    repeat: repeats ? ['recurrence'] : [],
  };
  const sent = new Set([...changed, ...(repeats ? ['when', 'repeat'] as const : [])].flatMap((part) => [...fields[part], 'conflict_policy', ...(scope === 'this' ? [] : ['series_conflict'])]));
  return { ...Object.fromEntries(Object.entries(body).filter(([name]) => sent.has(name))), ...(scope === 'this' ? {} : { scope }) };
}

// Days of the week or of the month that a rule names don't move by themselves. A number of dates would be counted anew, so such a rule is only sent when it was changed here.
function movesDays(initial: Draft, draft: Draft): boolean {
  return draft.date !== initial.date && draft.repeat?.end !== 'count' && (ruleIn(draft)?.includes('BY') ?? false);
}
