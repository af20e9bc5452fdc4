import type { MeetingFilter } from '../../api/meetings';

export const pageSize = 20;
export const orderings = ['start_time', '-start_time', 'title', '-created_at'] as const;

const statuses = ['scheduled', 'cancelled', 'completed'] as const;
const date = /^\d{4}-\d{2}-\d{2}$/;

/** The list's state from the address. What is not understood is as if it were not there. */
export function filterOf(query: URLSearchParams): MeetingFilter & { ordering: (typeof orderings)[number]; page: number } {
  const text = (name: string) => (query.get(name) === '' ? undefined : query.get(name) ?? undefined);
  const day = (name: string) => (date.test(query.get(name) ?? '') ? text(name) : undefined);
  const page = Number(query.get('page') ?? 1);
  return {
    search: text('search'),
    status: statuses.find((s) => s === query.get('status')),
    from_date: day('from'),
    to_date: day('to'),
    ordering: orderings.find((o) => o === query.get('sort')) ?? '-start_time',
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
    page_size: pageSize,
  };
}

/** And back: only what is not usual stands in the address. */
export function inQuery(filter: MeetingFilter): Record<string, string> {
  const all = { search: filter.search, status: filter.status, from: filter.from_date, to: filter.to_date, sort: filter.ordering === '-start_time' ? '' : filter.ordering, page: filter.page === 1 ? '' : filter.page };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value).map(([name, value]) => [name, String(value)]));
}
