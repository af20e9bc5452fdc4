import { QueryClient, type InvalidateOptions, type InvalidateQueryFilters, type QueryKey } from '@tanstack/react-query';

/**
 * What is invalidated is read again, even if its first answer is still under way: that one may be older than the change.
 * (By itself, a QueryClient gives up only on answers that replace one.)
 */
export class Queries extends QueryClient {
  override async invalidateQueries<K extends QueryKey = QueryKey>(filters: InvalidateQueryFilters<K> = {}, options: InvalidateOptions = {}): Promise<void> {
    const { predicate, ...which } = filters as InvalidateQueryFilters;
    await this.cancelQueries({ ...which, predicate: (query) => query.state.data === undefined && query.state.fetchStatus === 'fetching' && (predicate?.(query) ?? true) });
    return super.invalidateQueries(filters, options);
  }
}
