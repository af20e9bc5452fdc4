import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, type Schema } from './client';

export type MeetingItem = Schema['MeetingItem'];
export type Meeting = Schema['MeetingDetail'];
export type Participant = Schema['Participant'];
export type Clash = Schema['Clash'];
export type Answered = 'accepted' | 'declined' | 'tentative';

export interface Page<T> {
  count: number;
  next: string | null;
  previous: string | null;
  results: T[];
}

export interface MeetingFilter {
  search?: string;
  status?: 'scheduled' | 'cancelled' | 'completed';
  from_date?: string;
  to_date?: string;
  series?: string;
  ordering?: string;
  page?: number;
  page_size?: number;
}

export const meetings = {
  all: ['meetings'] as const,

  page: (filter: MeetingFilter) => queryOptions({
    queryKey: ['meetings', 'page', filter],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => await api('get', '/api/meetings/', { query: { page: 1, ...filter }, signal }) as Page<MeetingItem>,
  }),

  /** All meetings that start in a range: for the dashboard and the calendar. At most 500, as the API caps them. */
  between: (from: string, to: string) => queryOptions({
    queryKey: ['meetings', 'between', from, to],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => await api('get', '/api/meetings/', { query: { from_date: from, to_date: to, ordering: 'start_time' }, signal }) as MeetingItem[],
  }),

  /** All meetings that overlap a range, by start; at most 500, as the API caps them. */
  overlapping: (from: string, to: string) => queryOptions({
    queryKey: ['meetings', 'overlapping', from, to],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => await api('get', '/api/meetings/', { query: { ends_after: from, to_date: to, ordering: 'start_time' }, signal }) as MeetingItem[],
  }),

  one: (id: string) => queryOptions({
    queryKey: ['meetings', 'one', id],
    queryFn: ({ signal }) => api('get', '/api/meetings/{id}/', { path: { id }, signal }),
  }),

  notifications: (id: string) => queryOptions({
    queryKey: ['meetings', 'one', id, 'notifications'],
    queryFn: ({ signal }) => api('get', '/api/meetings/{id}/notifications/', { path: { id }, signal }),
  }),

  attachments: (id: string) => queryOptions({
    queryKey: ['meetings', 'one', id, 'attachments'],
    queryFn: ({ signal }) => api('get', '/api/meetings/{id}/attachments/', { path: { id }, signal }),
  }),

  history: (id: string) => queryOptions({
    queryKey: ['meetings', 'one', id, 'history'],
    queryFn: ({ signal }) => api('get', '/api/meetings/{id}/history/', { path: { id }, signal }),
  }),

  /** Everything that was done to it, for those who may change it. */
  audit: (id: string) => queryOptions({
    queryKey: ['meetings', 'one', id, 'audit'],
    queryFn: ({ signal }) => api('get', '/api/meetings/{id}/audit/', { path: { id }, signal }),
  }),
};

/** Host and cohosts may change a meeting; only the host deletes it. */
export function mayEdit(meeting: Pick<MeetingItem, 'role'>): boolean {
  return meeting.role === 'host' || meeting.role === 'cohost';
}

/** Cancelled and declined meetings take up nobody's time. */
export function takesTime(meeting: MeetingItem, email: string): boolean {
  return meeting.status !== 'cancelled' && mine(meeting, email)?.status !== 'declined';
}

/** My own line among the participants, if I am one. */
export function mine(meeting: Pick<MeetingItem, 'participants'>, email: string): Participant | undefined {
  return meeting.participants.find((p) => p.email === email);
}
