import type { MeetingFilter } from '../../api/meetings';
import { at, isDate, midnight, T } from '../../time';

export const pageSize = 20;
export const orderings = ['start_time', '-start_time', 'title', '-created_at'] as const;
export const spans = ['upcoming', 'past', 'all'] as const;

const statuses = ['scheduled', 'cancelled', 'completed'] as const;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the list shows, as it stands in the address. */
export interface ListState {
  when: (typeof spans)[number];
  search: string;
  status: (typeof statuses)[number] | '';
  from: string;
  to: string;
  sort: (typeof orderings)[number] | '';
  /** Only the dates of this series. */
  series: string;
  page: number;
}

/** What is not understood is as if it were not there. */
export function stateOf(query: URLSearchParams): ListState {
  const page = Number(query.get('page') ?? 1);
  const day = (name: string) => (isDate(query.get(name) ?? '') ? query.get(name) ?? '' : '');
  return {
    when: spans.find((s) => s === query.get('when')) ?? 'upcoming',
    search: query.get('search') ?? '',
    status: statuses.find((s) => s === query.get('status')) ?? '',
    from: day('from'),
    to: day('to'),
    sort: orderings.find((o) => o === query.get('sort')) ?? '',
    series: uuid.test(query.get('series') ?? '') ? query.get('series') ?? '' : '',
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  };
}

/** And back: only what is not usual stands in the address. */
export function inQuery(state: ListState): Record<string, string> {
  const said = { ...state, when: state.when === 'upcoming' ? '' : state.when, page: state.page === 1 ? '' : String(state.page) };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== ''));
}

export function usualOrder(when: ListState['when']): (typeof orderings)[number] {
  return when === 'upcoming' ? 'start_time' : '-start_time';
}

/** Days begin at midnight on the viewer's clocks, whatever zone the profile has: the API is asked with instants. */
export function filterOf(state: ListState, zone: string, now: Temporal.Instant): MeetingFilter {
  const today = at(now, zone).toPlainDate();
  const start = (day: Temporal.PlainDate) => midnight(day, zone).toInstant().toString();
  const from = state.from ? T.PlainDate.from(state.from) : state.when === 'upcoming' ? today : undefined;
  const to = state.to ? T.PlainDate.from(state.to).add({ days: 1 }) : state.when === 'past' ? today : undefined;
  return {
    search: state.search,
    status: state.status === '' ? undefined : state.status,
    from_date: from && start(from),
    to_date: to && start(to),
    ordering: state.sort === '' ? usualOrder(state.when) : state.sort,
    series: state.series,
    page: state.page,
    page_size: pageSize,
  };
}
