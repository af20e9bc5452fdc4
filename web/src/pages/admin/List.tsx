import type { ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { pageSize } from '../../api/admin';
import type { Page } from '../../api/meetings';
import { ApiError } from '../../api/problems';
import { Button } from '../../look/Button';
import { Card, Empty, Notice, Skeleton } from '../../look/Page';
import { Pages } from '../../look/Pages';
import { t, type Key } from '../../words';

interface Props<T> {
  query: UseQueryResult<Page<T>>;
  /** How many there are, in words. */
  count: Key;
  /** Where there is nothing, and nothing was searched for. */
  none: ReactNode;
  isFiltered: boolean;
  page: number;
  onPage: (page: number) => void;
  children: (item: T) => ReactNode;
}

/** A page of a long list: being fetched, refused, empty, or there. */
export function List<T>({ query: { data, error, isPending, isPlaceholderData }, count, none, isFiltered, page, onPage, children }: Props<T>) {
  if (error instanceof ApiError && error.status === 404 && page > 1) {
    // What was on the last page is gone, or the address is mistyped.
    return <Card><Empty icon={<SearchX size={28} aria-hidden />} title={error.message} action={<Button onClick={() => onPage(1)}>{t('admin.first')}</Button>} /></Card>;
  }
  return (
    <>
      {error && <Notice tone="bad" role="alert">{error.message}</Notice>}
      {isPending && <Card><Skeleton lines={8} label={t('shell.loading')} /></Card>}
      {data?.results.length === 0 && <Card>{isFiltered ? <Empty icon={<SearchX size={28} aria-hidden />} title={t('list.nothing.title')}>{t('admin.nothing')}</Empty> : none}</Card>}
      {data && data.results.length > 0 && (
        <>
          <p className="soft" role="status">{t(count, { n: data.count })}</p>
          <Card tight><ul data-stale={isPlaceholderData || undefined}>{data.results.map(children)}</ul></Card>
          <Pages page={page} count={data.count} size={pageSize} onPage={onPage} />
        </>
      )}
    </>
  );
}
