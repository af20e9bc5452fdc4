import { instant, T } from '../../time';

/** What a new meeting begins with, from wherever it is made: the calendar, the search for a time, another meeting. */
export interface Prefill {
  start?: Temporal.Instant;
  end?: Temporal.Instant;
  people?: readonly string[];
  title?: string;
}

export function newMeetingAddress({ start, end, people = [], title = '' }: Prefill): string {
  const query = new URLSearchParams();
  if (start) query.set('start', start.toString());
  if (end) query.set('end', end.toString());
  if (people.length > 0) query.set('people', people.join(','));
  if (title) query.set('title', title);
  return `/dashboard/meetings/new${query.size > 0 ? `?${query}` : ''}`;
}

/** The form of a meeting, with another time in it. */
export function editAddress(id: string, { start, end }: { start: Temporal.Instant; end: Temporal.Instant }): string {
  return `/dashboard/meetings/${id}/edit?${new URLSearchParams({ start: start.toString(), end: end.toString() })}`;
}

export function readPrefill(query: URLSearchParams): Prefill {
  const time = (name: string) => {
    try {
      return instant(query.get(name) ?? '');
    } catch {
      return undefined; // A link that somebody has shortened: the form begins as usual.
    }
  };
  const start = time('start'), end = time('end');
  return {
    start, end: start && end && T.Instant.compare(start, end) < 0 ? end : undefined,
    people: (query.get('people') ?? '').split(',').filter(Boolean), title: query.get('title') ?? '',
  };
}
