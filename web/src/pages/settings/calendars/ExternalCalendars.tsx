import { useRef, useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button as Pressable, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Ellipsis, Plus } from 'lucide-react';
import { externalCalendars, type ExternalCalendar } from '../../../api/calendars';
import { api } from '../../../api/client';
import { Button } from '../../../look/Button';
import { Confirm } from '../../../look/Confirm';
import { TextField } from '../../../look/Field';
import { Badge, Card, Notice, Skeleton } from '../../../look/Page';
import popup from '../../../look/Popup.module.css';
import { say } from '../../../look/Toasts';
import { fromNow, useNow } from '../../../time';
import { t } from '../../../words';
import css from './Calendars.module.css';

type Asked = { what: 'add' } | { what: 'edit' | 'remove'; calendar: ExternalCalendar };

const tones: Readonly<Record<string, 'good' | 'warn' | 'bad'>> = { fresh: 'good', stale: 'warn', failing: 'bad' };

/** Calendars that lie elsewhere: when they are busy, so is their owner. */
export function ExternalCalendars() {
  const { data, error } = useQuery(externalCalendars);
  const [asking, setAsking] = useState<Asked & { returnTo: HTMLElement | null }>();
  return (
    <Card title={t('external.title')} actions={<Button size="s" icon={<Plus size={14} aria-hidden />} onClick={(event) => setAsking({ what: 'add', returnTo: event.currentTarget })}>{t('external.add')}</Button>}>
      <p className="soft">{t('external.text')}</p>
      {error ? <Notice tone="bad">{error.message}</Notice> : !data ? <Skeleton lines={2} label={t('external.loading')} /> : data.length === 0 ? <p className="soft">{t('external.none')}</p> : (
        <ul className={css.list}>{data.map((calendar) => <Row key={calendar.id} calendar={calendar} ask={(what, returnTo) => setAsking({ what, calendar, returnTo })} />)}</ul>
      )}
      {asking && <Ask {...asking} onClose={() => setAsking(undefined)} />}
    </Card>
  );
}

function Row({ calendar, ask }: { calendar: ExternalCalendar; ask: (what: 'edit' | 'remove', returnTo: HTMLElement | null) => void }) {
  const client = useQueryClient();
  const now = useNow();
  const more = useRef<HTMLButtonElement>(null);
  const { id, name, state } = calendar;
  const refresh = useMutation({
    mutationFn: () => api('post', '/api/external-calendars/{id}/refresh/', { path: { id } }),
    onSuccess: (read) => { if (!read.error) say(t('external.refreshed', { name })); },
    onError: (problem) => say(problem.message, { bad: true }),
    onSettled: () => client.invalidateQueries(),
  });
  const isBroken = state === 'stale' || state === 'failing';
  return (
    <li className={css.row}>
      <div className={css.head}>
        <strong className="wrap">{name}</strong>
        <Badge tone={tones[state] ?? 'plain'}>{freshness(calendar, now)}</Badge>
        <Badge>{t(calendar.when_unreachable === 'closed' ? 'external.closed.badge' : 'external.open.badge')}</Badge>
      </div>
      <div className={css.address}>
        <div className={css.about}>
          <span className="soft small clip" title={calendar.url}>{calendar.url}</span>
          <span className="soft small">{[t('external.busy', { n: calendar.busy_count }), ...isBroken ? [t('external.next', { when: fromNow(calendar.next_fetch_at, now) })] : []].join(' · ')}</span>
          {isBroken && calendar.error && <span className={css.error}>{calendar.error}</span>}
        </div>
        <MenuTrigger>
          <Pressable ref={more} className={popup.round ?? ''} aria-label={t('external.more', { name })} isPending={refresh.isPending}><Ellipsis size={16} aria-hidden /></Pressable>
          <Popover className={popup.popover ?? ''} placement="bottom end">
            <Menu className={popup.menu ?? ''} aria-label={t('external.more', { name })}>
              <MenuItem className={popup.item ?? ''} onAction={() => refresh.mutate()}>{t('external.refresh')}</MenuItem>
              <MenuItem className={popup.item ?? ''} onAction={() => ask('edit', more.current)}>{t('external.edit')}</MenuItem>
              <MenuItem className={popup.item ?? ''} onAction={() => ask('remove', more.current)}>{t('external.remove')}</MenuItem>
            </Menu>
          </Popover>
        </MenuTrigger>
      </div>
    </li>
  );
}

function freshness({ state, fetched_at }: ExternalCalendar, now: Temporal.Instant): string {
  const when = fetched_at ? fromNow(fetched_at, now) : '';
  switch (state) {
    case 'fresh': return t('external.fresh', { when });
    case 'stale': return t('external.stale', { when });
    case 'failing': return when ? t('external.failing.since', { when }) : t('external.failing');
    default: return t('external.new');
  }
}

function Ask(asked: Asked & { returnTo: HTMLElement | null; onClose: () => void }) {
  const client = useQueryClient();
  const { returnTo, onClose } = asked;
  const before = asked.what === 'add' ? undefined : asked.calendar;
  const act = async ({ name = '', url = '', when_unreachable }: Record<string, string>) => {
    const body = { name, url, when_unreachable: when_unreachable === 'closed' ? 'closed' as const : 'open' as const };
    if (asked.what === 'add') await api('post', '/api/external-calendars/', { body });
    else if (asked.what === 'edit') await api('patch', '/api/external-calendars/{id}/', { path: { id: asked.calendar.id }, body });
    else await api('delete', '/api/external-calendars/{id}/', { path: { id: asked.calendar.id } });
    await client.invalidateQueries();
    say(asked.what === 'add' ? t('external.added', { name }) : asked.what === 'edit' ? t('settings.saved') : t('external.removed', { name: asked.calendar.name }));
  };
  if (asked.what === 'remove') return <Confirm title={t('external.remove.ask', { name: asked.calendar.name })} text={t('external.remove.text')} action={t('external.remove')} danger act={act} onClose={onClose} returnTo={returnTo} />;
  return (
    <Confirm title={before?.name ?? t('external.add')} action={t(before ? 'settings.save' : 'external.add.do')} act={act} onClose={onClose} returnTo={returnTo} fields={['name', 'url']}>
      {(of) => (
        <>
          <TextField data-first label={t('external.name')} name="name" maxLength={255} defaultValue={before?.name} errors={of('name')} />
          <TextField label={t('external.url')} name="url" type="url" inputMode="url" maxLength={2000} defaultValue={before?.url} hint={t('external.url.hint')} placeholder="https://calendar.example.com/me.ics" errors={of('url')} />
          <fieldset className={css.choice}>
            <legend>{t('external.away')}</legend>
            {(['open', 'closed'] as const).map((choice) => <label key={choice}><input type="radio" name="when_unreachable" value={choice} defaultChecked={(before?.when_unreachable ?? 'open') === choice} />{t(`external.${choice}`)}</label>)}
          </fieldset>
        </>
      )}
    </Confirm>
  );
}
