import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CalendarDays } from 'lucide-react';
import { admin, type AnyMeeting } from '../../api/admin';
import { api } from '../../api/client';
import { ApiError } from '../../api/problems';
import { Button, ButtonLink } from '../../look/Button';
import { classes } from '../../look/classes';
import { Confirm } from '../../look/Confirm';
import { Select, TextArea, TextField } from '../../look/Field';
import { Badge, Empty, Page } from '../../look/Page';
import { Search } from '../../look/Search';
import { say } from '../../look/Toasts';
import { elsewhere, range, useZone } from '../../time';
import { t, word } from '../../words';
import { List } from './List';
import { between, day, oneOf, text, useListState } from './state';
import css from './Admin.module.css';

const statuses = ['scheduled', 'cancelled', 'completed'] as const;
const orders = ['-start_time', 'start_time', '-created_at', 'title', 'host'] as const;
const parts = { search: text, status: oneOf(statuses), from: day, to: day, sort: oneOf(orders) };

export function Component() {
  const { state, show, isFiltered } = useListState(parts);
  const { from, to } = between(state.from, state.to, useZone());
  const query = useQuery(admin.meetings({ search: state.search, status: state.status || undefined, from_date: from, to_date: to, ordering: state.sort || '-start_time', page: state.page }));
  const [cancelling, setCancelling] = useState<AnyMeeting>();
  const wrong = (field: string) => (query.error instanceof ApiError ? query.error.of(field) : []);
  return (
    <Page title={t('admin.meetings')}>
      <form className={`${css.filters} no-print`} role="search" onSubmit={(event) => event.preventDefault()}>
        <Search label={t('list.search')} hint={t('admin.meetings.hint')} className={css.search} value={state.search} onChange={(search) => show({ search }, { replace: true })} />
        <Select label={t('list.status')} value={state.status} onChange={(event) => show({ status: parts.status(event.target.value) })}>
          <option value="">{t('list.any')}</option>
          {statuses.map((status) => <option key={status} value={status}>{t(`status.${status}`)}</option>)}
        </Select>
        <TextField label={t('list.from')} type="date" value={state.from} onChange={(event) => show({ from: event.target.value })} errors={wrong('from_date')} />
        <TextField label={t('list.to')} type="date" value={state.to} onChange={(event) => show({ to: event.target.value })} errors={wrong('to_date')} />
        <Select label={t('list.sort')} value={state.sort || '-start_time'} onChange={(event) => show({ sort: parts.sort(event.target.value) })}>
          {orders.map((order) => <option key={order} value={order}>{t(`admin.meetings.sort.${order}`)}</option>)}
        </Select>
        {isFiltered && <Button kind="quiet" className={css.clear} onClick={() => show({ search: '', status: '', from: '', to: '' })}>{t('list.clear')}</Button>}
      </form>
      <List query={query} count="list.count" isFiltered={isFiltered} page={state.page} onPage={(page) => show({ page })} none={<Empty icon={<CalendarDays size={28} aria-hidden />} title={t('list.none.title')}>{t('admin.meetings.none')}</Empty>}>
        {(meeting) => <Row key={meeting.id} meeting={meeting} cancel={() => setCancelling(meeting)} />}
      </List>
      {cancelling && <Cancel meeting={cancelling} onClose={() => setCancelling(undefined)} />}
    </Page>
  );
}

function Row({ meeting, cancel }: { meeting: AnyMeeting; cancel: () => void }) {
  const zone = useZone();
  const there = elsewhere(meeting.start_time, meeting.end_time, meeting.timezone, zone);
  return (
    <li className={classes(css.row, meeting.status === 'cancelled' && css.off)}>
      <div className={css.what}>
        <span className={css.head}>
          <strong>{meeting.title}</strong>
          {meeting.status !== 'scheduled' && <Badge tone={meeting.status === 'cancelled' ? 'bad' : 'plain'}>{word('status', meeting.status)}</Badge>}
        </span>
        <span className={css.about}>
          <time dateTime={meeting.start_time}>{range(meeting.start_time, meeting.end_time, zone)}</time>
          {there && <span>{there}</span>}
        </span>
        <span className={css.about}>
          <span>{t('admin.meetings.host', { who: meeting.host.name || meeting.host.email })}</span>
          {meeting.host.name && <span>{meeting.host.email}</span>}
          <span>{t('list.people', { n: meeting.participants + 1 })}</span>
        </span>
      </div>
      <div className={`${css.actions} no-print`}>
        <ButtonLink size="s" kind="quiet" to={`/admin/audit?subject=${meeting.id}`} aria-label={t('admin.meetings.history.of', { title: meeting.title })}>{t('admin.meetings.history')}</ButtonLink>
        {meeting.status === 'scheduled' && <Button size="s" kind="danger" aria-label={t('admin.meetings.cancel.of', { title: meeting.title })} onClick={cancel}>{t('admin.meetings.cancel')}</Button>}
      </div>
    </li>
  );
}

function Cancel({ meeting, onClose }: { meeting: AnyMeeting; onClose: () => void }) {
  const client = useQueryClient();
  const act = async ({ reason = '' }: Record<string, string>) => {
    const { detail } = await api('post', '/api/admin/meetings/{id}/cancel/', { path: { id: meeting.id }, body: { reason } });
    say(detail);
    await client.invalidateQueries();
  };
  return (
    <Confirm title={t('admin.meetings.cancel.ask', { title: meeting.title })} text={t('admin.meetings.cancel.text')} action={t('admin.meetings.cancel')} danger act={act} onClose={onClose} fields={['reason']}>
      {(of) => <TextArea label={t('admin.meetings.reason')} name="reason" required maxLength={1000} data-first errors={of('reason')} />}
    </Confirm>
  );
}
