import { queryOptions } from '@tanstack/react-query';
import { api, type Schema } from './client';

export type Feed = Schema['Feed'];
export type ExternalCalendar = Schema['ExternalCalendar'];
export type Imported = Schema['ImportCalendarResult'];
export type ImportItem = Schema['ImportItem'];

/** Addresses at which other programs read my calendar. */
export const feeds = queryOptions({
  queryKey: ['feeds'],
  queryFn: ({ signal }) => api('get', '/api/feeds/', { signal }),
});

/** Calendars elsewhere in which I am busy. */
export const externalCalendars = queryOptions({
  queryKey: ['external-calendars'],
  queryFn: ({ signal }) => api('get', '/api/external-calendars/', { signal }),
});
