import { useRef, useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button as Pressable, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useNavigate } from 'react-router';
import { Ellipsis, Users } from 'lucide-react';
import { admin, type Person } from '../../api/admin';
import { api } from '../../api/client';
import { useMe } from '../../api/session';
import { Avatar } from '../../look/Avatar';
import { Button } from '../../look/Button';
import { classes } from '../../look/classes';
import { Confirm } from '../../look/Confirm';
import { Select } from '../../look/Field';
import { Badge, Empty, Page } from '../../look/Page';
import popup from '../../look/Popup.module.css';
import { Search } from '../../look/Search';
import { say } from '../../look/Toasts';
import { fromNow, moment, useNow, useZone } from '../../time';
import { t } from '../../words';
import { List } from './List';
import { oneOf, text, useListState } from './state';
import css from './Admin.module.css';

const kinds = ['active', 'deactivated', 'administrators'] as const;
const orders = ['-created_at', 'name', 'email', '-last_seen', '-meetings_hosted'] as const;
const parts = { search: text, who: oneOf(kinds), sort: oneOf(orders) };

const asked = { '': {}, active: { is_active: 'true' }, deactivated: { is_active: 'false' }, administrators: { is_staff: 'true' } } as const;

/** What can't be taken back is asked about first. */
type Asked = 'deactivate' | 'give' | 'take' | 'signOut';

interface Question {
  what: Asked;
  person: Person;
  /** What was pressed to be asked. */
  returnTo: HTMLElement | null;
}

export function Component() {
  const { state, show, isFiltered } = useListState(parts);
  const query = useQuery(admin.people({ search: state.search, ...asked[state.who], ordering: state.sort || '-created_at', page: state.page }));
  const [asking, setAsking] = useState<Question>();
  return (
    <Page title={t('admin.people')}>
      <form className={`${css.filters} no-print`} role="search" onSubmit={(event) => event.preventDefault()}>
        <Search label={t('list.search')} hint={t('admin.people.hint')} className={css.search} value={state.search} onChange={(search) => show({ search }, { replace: true })} />
        <Select label={t('admin.people.who')} value={state.who} onChange={(event) => show({ who: parts.who(event.target.value) })}>
          <option value="">{t('list.any')}</option>
          {kinds.map((kind) => <option key={kind} value={kind}>{t(`admin.people.${kind}`)}</option>)}
        </Select>
        <Select label={t('list.sort')} value={state.sort || '-created_at'} onChange={(event) => show({ sort: parts.sort(event.target.value) })}>
          {orders.map((order) => <option key={order} value={order}>{t(`admin.people.sort.${order}`)}</option>)}
        </Select>
        {isFiltered && <Button kind="quiet" className={css.clear} onClick={() => show({ search: '', who: '' })}>{t('list.clear')}</Button>}
      </form>
      <List query={query} count="admin.people.count" isFiltered={isFiltered} page={state.page} onPage={(page) => show({ page })} none={<Empty icon={<Users size={28} aria-hidden />} title={t('admin.people.none')} />}>
        {(person) => <Row key={person.id} person={person} ask={(what, returnTo) => setAsking({ what, person, returnTo })} />}
      </List>
      {asking && <Ask {...asking} onClose={() => setAsking(undefined)} />}
    </Page>
  );
}

function Row({ person, ask: pass }: { person: Person; ask: (what: Asked, returnTo: HTMLElement | null) => void }) {
  const more = useRef<HTMLButtonElement>(null);
  const ask = (what: Asked) => pass(what, more.current);
  const client = useQueryClient();
  const navigate = useNavigate();
  const now = useNow();
  const zone = useZone();
  const isMe = useMe().id === person.id;
  const name = nameOf(person);
  const activate = useMutation({
    mutationFn: () => api('patch', '/api/admin/people/{id}/', { path: { id: person.id }, body: { is_active: true } }),
    onSuccess: () => say(t('person.activated', { name })),
    onError: (error) => say(error.message, { bad: true }),
    onSettled: () => client.invalidateQueries({ queryKey: admin.all }),
  });
  return (
    <li className={classes(css.row, css.person, !person.is_active && css.off)}>
      <Avatar name={person.name} email={person.email} />
      <div className={css.what}>
        <span className={css.head}>
          <strong>{name}</strong>
          {isMe && <Badge>{t('person.you')}</Badge>}
          {person.is_staff && <Badge tone="accent">{t('person.admin')}</Badge>}
          {!person.is_active && <Badge tone="bad">{t('person.off')}</Badge>}
          {!person.email_verified && <Badge>{t('person.unverified')}</Badge>}
          {person.failed_sign_ins > 0 && <Badge tone="warn">{t('person.failures', { n: person.failed_sign_ins })}</Badge>}
        </span>
        <span className={css.about}>
          {person.email !== name && <span>{person.email}</span>}
          {person.username && person.username !== name && <span>{person.username}</span>}
        </span>
        <span className={css.about}>
          <span>{t('person.since', { when: moment(person.created_at, zone) })}</span>
          <span>{person.last_seen ? t('person.seen', { when: fromNow(person.last_seen, now) }) : t('person.unseen')}</span>
          <span>{t('person.hosted', { n: person.meetings_hosted })}</span>
        </span>
      </div>
      <MenuTrigger>
        <Pressable ref={more} className={`${popup.round ?? ''} no-print`} aria-label={t('people.more', { who: name })}><Ellipsis size={16} aria-hidden /></Pressable>
        <Popover className={popup.popover ?? ''} placement="bottom end">
          <Menu className={popup.menu ?? ''} aria-label={t('people.more', { who: name })}>
            <MenuItem className={popup.item ?? ''} onAction={() => void navigate(`/admin/audit?subject=${person.id}`)}>{t('person.changes')}</MenuItem>
            <MenuItem className={popup.item ?? ''} onAction={() => void navigate(`/admin/audit?actor=${person.id}`)}>{t('person.doings')}</MenuItem>
            {isMe ? null : <MenuItem className={popup.item ?? ''} onAction={() => ask(person.is_staff ? 'take' : 'give')}>{t(person.is_staff ? 'person.take' : 'person.give')}</MenuItem>}
            {isMe || !person.is_active ? null : <MenuItem className={popup.item ?? ''} onAction={() => ask('signOut')}>{t('person.signOut')}</MenuItem>}
            {isMe ? null : <MenuItem className={popup.item ?? ''} onAction={() => person.is_active ? ask('deactivate') : activate.mutate()}>{t(person.is_active ? 'person.deactivate' : 'person.activate')}</MenuItem>}
          </Menu>
        </Popover>
      </MenuTrigger>
    </li>
  );
}

function Ask({ what, person, returnTo, onClose }: Question & { onClose: () => void }) {
  const client = useQueryClient();
  const name = nameOf(person), path = { id: person.id };
  const act = async () => {
    if (what === 'signOut') await api('post', '/api/admin/people/{id}/sign-out/', { path });
    else await api('patch', '/api/admin/people/{id}/', { path, body: what === 'deactivate' ? { is_active: false } : { is_staff: what === 'give' } });
    say(t(`person.${what}.done`, { name }));
    await client.invalidateQueries({ queryKey: admin.all });
  };
  return <Confirm title={t(`person.${what}.ask`, { name })} text={t(`person.${what}.text`)} action={t(`person.${what}`)} danger={what !== 'give'} act={act} onClose={onClose} returnTo={returnTo} />;
}

function nameOf(person: Person): string {
  return person.name || (person.username ?? person.email);
}
