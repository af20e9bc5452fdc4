import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Mails, RotateCw } from 'lucide-react';
import { admin, type Mail } from '../../api/admin';
import { api } from '../../api/client';
import { Button } from '../../look/Button';
import { Confirm } from '../../look/Confirm';
import { Select } from '../../look/Field';
import { Badge, Empty, Page } from '../../look/Page';
import { Search } from '../../look/Search';
import { say } from '../../look/Toasts';
import { fromNow, moment, useNow, useZone } from '../../time';
import { t, word } from '../../words';
import { List } from './List';
import { oneOf, text, useListState } from './state';
import css from './Admin.module.css';

const states = ['owed', 'sent', 'failed'] as const;
const orders = ['-created_at', 'created_at', '-attempts', 'recipient'] as const;
const parts = { search: text, state: oneOf(states), sort: oneOf(orders) };
const tones: Readonly<Record<string, 'good' | 'bad' | 'plain'>> = { sent: 'good', failed: 'bad' };

export function Component() {
  const { state, show, isFiltered } = useListState(parts);
  const query = useQuery(admin.outbox({ search: state.search, state: state.state || undefined, ordering: state.sort || '-created_at', page: state.page }));
  const failed = useQuery(admin.health).data?.outbox.failed ?? 0;
  const [asking, setAsking] = useState(false);
  return (
    <Page title={t('admin.outbox')} actions={failed > 0 && <Button icon={<RotateCw size={16} aria-hidden />} onClick={() => setAsking(true)}>{t('outbox.all', { n: failed })}</Button>}>
      <form className={`${css.filters} no-print`} role="search" onSubmit={(event) => event.preventDefault()}>
        <Search label={t('list.search')} hint={t('outbox.hint')} className={css.search} value={state.search} onChange={(search) => show({ search }, { replace: true })} />
        <Select label={t('outbox.state')} value={state.state} onChange={(event) => show({ state: parts.state(event.target.value) })}>
          <option value="">{t('list.any')}</option>
          {states.map((is) => <option key={is} value={is}>{t(`outbox.${is}`)}</option>)}
        </Select>
        <Select label={t('list.sort')} value={state.sort || '-created_at'} onChange={(event) => show({ sort: parts.sort(event.target.value) })}>
          {orders.map((order) => <option key={order} value={order}>{t(`outbox.sort.${order}`)}</option>)}
        </Select>
        {isFiltered && <Button kind="quiet" className={css.clear} onClick={() => show({ search: '', state: '' })}>{t('list.clear')}</Button>}
      </form>
      <List query={query} count="outbox.count" isFiltered={isFiltered} page={state.page} onPage={(page) => show({ page })} none={<Empty icon={<Mails size={28} aria-hidden />} title={t('outbox.none.title')}>{t('outbox.none.text')}</Empty>}>
        {(mail) => <Row key={mail.id} mail={mail} />}
      </List>
      {asking && <RetryAll onClose={() => setAsking(false)} />}
    </Page>
  );
}

function Row({ mail }: { mail: Mail }) {
  const now = useNow();
  const zone = useZone();
  const client = useQueryClient();
  const path = { id: mail.id };
  const settled = { onError: (error: Error) => say(error.message, { bad: true }), onSettled: () => client.invalidateQueries({ queryKey: admin.all }) };
  const retry = useMutation({ mutationFn: () => api('post', '/api/admin/outbox/{id}/retry/', { path }), onSuccess: () => say(t('outbox.retried', { who: mail.recipient })), ...settled });
  const giveUp = useMutation({
    mutationFn: () => api('delete', '/api/admin/outbox/{id}/', { path }),
    onSuccess: () => say(t('outbox.given', { who: mail.recipient }), { undo: () => retry.mutate(), seconds: 10 }), ...settled,
  });
  return (
    <li className={css.row}>
      <div className={css.what}>
        <span className={css.head}><strong>{mail.subject}</strong> <Badge tone={tones[mail.state] ?? 'plain'}>{word('outbox', mail.state)}</Badge></span>
        <span className={css.about}>
          <span>{t('outbox.to', { who: mail.recipient })}</span>
          <span>{word('mail', mail.kind)}</span>
          {mail.meeting && <Link to={`/admin/audit?subject=${mail.meeting}`}>{t('outbox.meeting')}</Link>}
        </span>
        <span className={css.about}>
          <span>{t('outbox.since', { when: moment(mail.created_at, zone) })}</span>
          {mail.sent_at && <span>{t('outbox.at', { when: moment(mail.sent_at, zone) })}</span>}
          {mail.due && <span>{t('outbox.due', { when: fromNow(mail.due, now) })}</span>}
          {mail.attempts > 0 && <span>{t('outbox.attempts', { n: mail.attempts })}</span>}
        </span>
        {mail.last_error && mail.state !== 'sent' && <span className={css.wrong}>{mail.last_error}</span>}
      </div>
      {mail.state !== 'sent' && (
        <div className={`${css.actions} no-print`}>
          <Button size="s" busy={retry.isPending} aria-label={t('outbox.retry.of', { title: mail.subject, who: mail.recipient })} onClick={() => retry.mutate()}>{t('outbox.retry')}</Button>
          {mail.state === 'owed' && <Button size="s" kind="danger" busy={giveUp.isPending} aria-label={t('outbox.giveUp.of', { title: mail.subject, who: mail.recipient })} onClick={() => giveUp.mutate()}>{t('outbox.giveUp')}</Button>}
        </div>
      )}
    </li>
  );
}

function RetryAll({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const act = async () => {
    const { retried } = await api('post', '/api/admin/outbox/retry-failed/', {});
    say(t('outbox.all.done', { n: retried }));
    await client.invalidateQueries({ queryKey: admin.all });
  };
  return <Confirm title={t('outbox.all.ask')} text={t('outbox.all.text')} action={t('outbox.all.do')} act={act} onClose={onClose} />;
}
