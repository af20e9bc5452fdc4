import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { History } from 'lucide-react';
import { admin, type AuditEntry } from '../../api/admin';
import { ApiError } from '../../api/problems';
import { Button } from '../../look/Button';
import { Select, TextField } from '../../look/Field';
import { Empty, Page } from '../../look/Page';
import { Search } from '../../look/Search';
import { moment, useZone } from '../../time';
import { t, word } from '../../words';
import { Changes } from './Changes';
import { List } from './List';
import { between, day, oneOf, text, useListState } from './state';
import css from './Admin.module.css';

/** What can be about each thing; the thing alone asks for all of it. */
const kinds = {
  meeting: ['created', 'changed', 'rescheduled', 'extended', 'cancelled', 'deleted', 'answered', 'participant_added', 'participant_changed', 'participant_removed', 'left', 'attachment_added', 'attachment_removed'],
  account: ['created', 'verified', 'changed', 'password_changed', 'password_reset', 'signed_out', 'deactivated', 'activated', 'admin_given', 'admin_taken', 'key_created', 'key_revoked', 'exported', 'deleted'],
  session: ['begun', 'ended'],
  availability: ['changed'],
  calendar: ['imported'],
  feed: ['created', 'changed', 'renewed', 'deleted'],
  meeting_type: ['created'],
  mail: ['retried', 'given_up'],
} as const;
const things = Object.keys(kinds) as (keyof typeof kinds)[];
const orders = ['-at', 'at'] as const;
// A kind of a newer server is asked for as it stands in the address.
const parts = { actor: text, subject: text, kind: text, from: day, to: day, sort: oneOf(orders) };

export function Component() {
  const { state, show, isFiltered } = useListState(parts);
  const { from, to } = between(state.from, state.to, useZone());
  const query = useQuery(admin.audit({ actor: state.actor, subject: state.subject, kind: state.kind, from, to, ordering: state.sort || '-at', page: state.page }));
  const wrong = (field: string) => (query.error instanceof ApiError ? query.error.of(field) : []);
  return (
    <Page title={t('admin.audit')}>
      <form className={`${css.filters} no-print`} role="search" onSubmit={(event) => event.preventDefault()}>
        <Search label={t('audit.actor')} hint={t('audit.actor.hint')} value={state.actor} onChange={(actor) => show({ actor }, { replace: true })} />
        <Search label={t('audit.subject')} hint={t('audit.subject.hint')} value={state.subject} onChange={(subject) => show({ subject }, { replace: true })} />
        <Select label={t('audit.kind')} value={state.kind} onChange={(event) => show({ kind: event.target.value })}>
          <option value="">{t('list.any')}</option>
          {things.map((thing) => (
            <optgroup key={thing} label={t(`audit.thing.${thing}`)}>
              <option value={thing}>{t(`audit.all.${thing}`)}</option>
              {kinds[thing].map((kind) => <option key={kind} value={`${thing}.${kind}`}>{word('did', `${thing}.${kind}`)}</option>)}
            </optgroup>
          ))}
        </Select>
        <TextField label={t('list.from')} type="date" value={state.from} onChange={(event) => show({ from: event.target.value })} errors={wrong('from')} />
        <TextField label={t('list.to')} type="date" value={state.to} onChange={(event) => show({ to: event.target.value })} errors={wrong('to')} />
        <Select label={t('list.sort')} value={state.sort || '-at'} onChange={(event) => show({ sort: parts.sort(event.target.value) })}>
          {orders.map((order) => <option key={order} value={order}>{t(`audit.sort.${order}`)}</option>)}
        </Select>
        {isFiltered && <Button kind="quiet" className={css.clear} onClick={() => show({ actor: '', subject: '', kind: '', from: '', to: '' })}>{t('list.clear')}</Button>}
      </form>
      <List query={query} count="audit.count" isFiltered={isFiltered} page={state.page} onPage={(page) => show({ page })} none={<Empty icon={<History size={28} aria-hidden />} title={t('audit.none.title')}>{t('audit.none.text')}</Empty>}>
        {(entry) => <Row key={entry.id} entry={entry} />}
      </List>
    </Page>
  );
}

function Row({ entry }: { entry: AuditEntry }) {
  const zone = useZone();
  const { actor, subject } = entry;
  return (
    <li className={css.row}>
      <div className={css.what}>
        <span className={css.head}>
          <strong>{word('did', entry.kind)}</strong>
          {subject && <Link to={`/admin/audit?subject=${subject.id}`}>{subject.name ?? t('audit.gone', { id: subject.id })}</Link>}
        </span>
        <span className={css.about}>
          <time dateTime={entry.at}>{moment(entry.at, zone)}</time>
          <span>{actor ? <Link to={`/admin/audit?actor=${actor.id}`}>{actor.email || t('audit.gone', { id: actor.id })}</Link> : t('audit.nobody')}</span>
          {entry.from && <span>{entry.from === 'command line' ? t('audit.console') : t('audit.from', { network: entry.from })}</span>}
        </span>
        {entry.reason && <span>{t('audit.reason', { reason: entry.reason })}</span>}
        <Changes before={entry.before} after={entry.after} />
      </div>
    </li>
  );
}
