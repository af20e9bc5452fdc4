import { useQuery } from '@tanstack/react-query';
import { Link, type NavigateOptions } from 'react-router';
import { CalendarPlus, Repeat, SearchX } from 'lucide-react';
import { meetings } from '../../api/meetings';
import { ApiError } from '../../api/problems';
import { useMe } from '../../api/session';
import { useAsTheyWillBe } from '../../api/soon';
import { Button, ButtonLink } from '../../look/Button';
import { Select, TextField } from '../../look/Field';
import { Card, Empty, Notice, Page, Skeleton } from '../../look/Page';
import { Pages } from '../../look/Pages';
import { Search } from '../../look/Search';
import { useAddress } from '../../look/useAddress';
import { useNow, useZone } from '../../time';
import { t } from '../../words';
import { filterOf, inQuery, orderings, pageSize, spans, stateOf, usualOrder, type ListState } from './filter';
import { MeetingRow } from './MeetingRow';
import css from './MeetingList.module.css';

export function Component() {
  const [state, change] = useAddress(stateOf, inQuery);
  const zone = useZone();
  const { data, error, isPending, isPlaceholderData } = useQuery(meetings.page(filterOf(state, zone, useNow())));
  const shown = useAsTheyWillBe(data?.results, useMe().email);
  const isFiltered = [state.search, state.status, state.from, state.to, state.series].some((part) => part !== '');
  const show = (part: Partial<ListState>, options?: NavigateOptions) => change({ page: 1, ...part }, options);

  return (
    <Page title={t('list.title')}>
      <nav className={`${css.tabs} no-print`} aria-label={t('list.when')}>
        {spans.map((when) => (
          <Link key={when} to={{ search: new URLSearchParams(inQuery({ ...state, when, from: '', to: '', sort: '', page: 1 })).toString() }} aria-current={when === state.when ? 'page' : undefined}>{t(`list.when.${when}`)}</Link>
        ))}
      </nav>
      <form className={`${css.filters} no-print`} role="search" onSubmit={(event) => event.preventDefault()}>
        <Search label={t('list.search')} hint={t('list.search.hint')} className={css.search} value={state.search} onChange={(search) => show({ search }, { replace: true })} />
        <Select label={t('list.status')} value={state.status} onChange={(event) => show({ status: event.target.value as ListState['status'] })}>
          <option value="">{t('list.any')}</option>
          {(['scheduled', 'cancelled', 'completed'] as const).map((status) => <option key={status} value={status}>{t(`status.${status}`)}</option>)}
        </Select>
        <TextField label={t('list.from')} type="date" value={state.from} onChange={(event) => show({ from: event.target.value })} errors={error instanceof ApiError ? error.of('from_date') : []} />
        <TextField label={t('list.to')} type="date" value={state.to} onChange={(event) => show({ to: event.target.value })} errors={error instanceof ApiError ? error.of('to_date') : []} />
        <Select label={t('list.sort')} value={state.sort === '' ? usualOrder(state.when) : state.sort} onChange={(event) => show({ sort: event.target.value as ListState['sort'] })}>
          {orderings.map((ordering) => <option key={ordering} value={ordering}>{t(`list.sort.${ordering}`)}</option>)}
        </Select>
        {isFiltered && <Button kind="quiet" className={css.clear} onClick={() => show({ search: '', status: '', from: '', to: '', series: '' })}>{t('list.clear')}</Button>}
      </form>
      {state.series !== '' && <Notice tone="accent" icon={<Repeat size={18} aria-hidden />}>{t('repeat.only')} <Link to="/dashboard/meetings">{t('repeat.only.not')}</Link></Notice>}
      {error && <Notice tone="bad" role="alert">{error.message}</Notice>}
      {isPending && <Card><Skeleton lines={8} label={t('list.loading')} /></Card>}
      {shown?.length === 0 && (
        <Card>
          {isFiltered || state.when !== 'upcoming' ? <Empty icon={<SearchX size={28} aria-hidden />} title={t('list.nothing.title')}>{t('list.nothing.text')}</Empty>
            : <Empty icon={<CalendarPlus size={28} aria-hidden />} title={t('list.none.title')} action={<ButtonLink kind="main" to="/dashboard/meetings/new">{t('nav.create')}</ButtonLink>}>{t('list.none.text')}</Empty>}
        </Card>
      )}
      {data && shown && shown.length > 0 && (
        <>
          <p className="soft" role="status">{t('list.count', { n: data.count })}</p>
          <Card tight><ul data-stale={isPlaceholderData || undefined}>{shown.map((meeting) => <MeetingRow key={meeting.id} meeting={meeting} />)}</ul></Card>
          <Pages page={state.page} count={data.count} size={pageSize} onPage={(page) => show({ page })} />
        </>
      )}
    </Page>
  );
}
