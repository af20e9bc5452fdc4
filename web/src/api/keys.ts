import { queryOptions } from '@tanstack/react-query';
import { api, type Schema } from './client';

export type ApiKey = Schema['ApiKey'];
export type NewKey = Schema['CreateApiKeyCreated'];

/** Keys that my programs sign in with; never the keys themselves. */
export const keys = queryOptions({
  queryKey: ['api-keys'],
  queryFn: ({ signal }) => api('get', '/api/auth/api-keys/', { signal }),
});
