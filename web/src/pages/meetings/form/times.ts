import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, type Schema } from '../../../api/client';
import { freeBusy } from '../../../api/availability';
import { now, T } from '../../../time';
import type { Times } from './draft';

/** The value once it has not changed for a while. */
export function useSettled<V>(value: V, milliseconds = 350): V {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as V), milliseconds);
    return () => clearTimeout(timer);
  }, [text, milliseconds]);
  return settled;
}

export interface Question {
  start: string;
  end: string;
  minutes: number;
  emails: string[];
  except: string | undefined;
}

export function questionOf(times: Times, emails: readonly string[], except: string | undefined): Question {
  return { start: times.start.zoned.toInstant().toString(), end: times.end.zoned.toInstant().toString(), minutes: times.minutes, emails: [...emails].sort(), except };
}

/** Who is busy then? */
export function useConflicts(question: Question | undefined) {
  return useQuery({
    queryKey: ['availability', 'conflicts', question],
    enabled: question !== undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api('post', '/api/meetings/check-conflicts/', {
      signal, body: { start_time: question?.start ?? '', end_time: question?.end ?? '', participant_emails: question?.emails ?? [], exclude_meeting_id: question?.except ?? null },
    }),
  });
}

// Some days around the wanted time, a slot every quarter of an hour: at most 7 × 96 starts.
const daysBefore = 2, daysAfter = 5;

export interface Suggestions {
  slots: Schema['FindSlotsSlot'][];
  /** Whose time can be seen, and whose not. */
  known: readonly string[];
  unknown: readonly string[];
}

/** Times that suit all whom the server knows, nearest to the wanted one first; and whom it doesn't know: they are free as far as anybody can tell. */
export function useSuggestions(question: Question | undefined, most = 4) {
  const minutes = Math.round(question?.minutes ?? 0);
  return useQuery({
    queryKey: ['availability', 'suggestions', question?.start, minutes, question?.emails],
    enabled: question !== undefined && minutes > 0 && minutes <= 24 * 60,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<Suggestions> => {
      const wanted = T.Instant.from(question?.start ?? '');
      const present = now();
      const earliest = wanted.subtract({ hours: 24 * daysBefore });
      const ask = (emails: readonly string[]) => api('post', '/api/scheduling/find-slots/', {
        signal, body: {
          emails: [...emails], duration_minutes: minutes, step_minutes: 15,
          window_start: (T.Instant.compare(earliest, present) < 0 ? present : earliest).toString(), window_end: wanted.add({ hours: 24 * daysAfter }).toString(),
        },
      });
      if (T.Instant.compare(wanted.add({ hours: 24 * daysAfter }), present) <= 0) return { slots: [], known: [], unknown: [] };
      let found = await ask(question?.emails ?? []);
      // Of who hides their time nothing is known either, but they stand in no search's way.
      const [unknown, hidden] = [found.unknown_emails ?? [], found.hidden_emails ?? []];
      const known = question?.emails.filter((e) => !unknown.includes(e) && !hidden.includes(e)) ?? [];
      if (unknown.length > 0 && known.length > 0) found = await ask(known);
      return { slots: nearest(found.available_slots, wanted, most), known, unknown: [...unknown, ...hidden] };
    },
  });
}

/** Free and busy time of each, by address. */
export function useFreeBusy(emails: readonly string[], from: string, to: string, enabled: boolean) {
  return useQueries({
    queries: emails.map((email) => ({ ...freeBusy(email, from, to), enabled, placeholderData: keepPreviousData })),
    combine: (results) => new Map(emails.map((email, n) => [email, results[n]?.data])),
  });
}

/** The slots next to the wanted time. They don't overlap each other: a choice between 15:00 and 15:15 is none. */
export function nearest<S extends { start_time: string; end_time: string }>(slots: readonly S[], wanted: Temporal.Instant, most: number): S[] {
  const ms = (text: string) => T.Instant.from(text).epochMilliseconds;
  const distance = (slot: S) => Math.abs(ms(slot.start_time) - wanted.epochMilliseconds);
  const chosen: S[] = [];
  for (const slot of slots.toSorted((a, b) => distance(a) - distance(b))) {
    if (chosen.length === most) break;
    if (chosen.every((c) => ms(slot.end_time) <= ms(c.start_time) || ms(slot.start_time) >= ms(c.end_time))) chosen.push(slot);
  }
  return chosen;
}
