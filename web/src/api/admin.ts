import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, type Schema } from './client';
import type { MeetingFilter } from './meetings';

export type Person = Schema['AdminPerson'];
export type AnyMeeting = Schema['ListAllMeetingsMeeting'];
export type Mail = Schema['OutboxMail'];
export type Job = Schema['ListJobsJobState'];
export type AuditEntry = Schema['AuditEntry'];

interface Paged {
  search?: string;
  ordering?: string;
  page?: number;
}

interface AuditFilter {
  actor?: string;
  subject?: string;
  kind?: string;
  from?: string;
  to?: string;
  ordering?: string;
  page?: number;
}

export const pageSize = 20;

// What others do, and what runs by the clock, is not told by live events: it is looked at again while it is on the screen.
const refetchInterval = 10_000;

/** What only administrators may ask. */
export const admin = {
  all: ['admin'] as const,

  people: (filter: Paged & { is_active?: 'true' | 'false'; is_staff?: 'true' | 'false' }) => queryOptions({
    queryKey: ['admin', 'people', filter],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api('get', '/api/admin/people/', { query: { ...filter, page_size: pageSize }, signal }),
  }),

  meetings: (filter: MeetingFilter) => queryOptions({
    queryKey: ['admin', 'meetings', filter],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api('get', '/api/admin/meetings/', { query: { ...filter, page_size: pageSize }, signal }),
  }),

  outbox: (filter: Paged & { state?: 'owed' | 'sent' | 'failed' }) => queryOptions({
    queryKey: ['admin', 'outbox', filter],
    placeholderData: keepPreviousData,
    refetchInterval,
    queryFn: ({ signal }) => api('get', '/api/admin/outbox/', { query: { ...filter, page_size: pageSize }, signal }),
  }),

  audit: (filter: AuditFilter) => queryOptions({
    queryKey: ['admin', 'audit', filter],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api('get', '/api/admin/audit/', { query: { ...filter, page_size: pageSize }, signal }),
  }),

  jobs: queryOptions({
    queryKey: ['admin', 'jobs'],
    refetchInterval,
    queryFn: ({ signal }) => api('get', '/api/admin/jobs/', { signal }),
  }),

  health: queryOptions({
    queryKey: ['admin', 'health'],
    refetchInterval,
    queryFn: ({ signal }) => api('get', '/api/admin/health/', { signal }),
  }),
};

/** Whether the house still waits for its first administrator: for everybody who is signed in. */
export const claim = queryOptions({
  queryKey: ['claim'],
  queryFn: ({ signal }) => api('get', '/api/admin/claim/', { signal }),
});
