import { useRef, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button as Pressable, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Copy, Ellipsis } from 'lucide-react';
import { feeds, type Feed } from '../../../api/calendars';
import { api } from '../../../api/client';
import { Button } from '../../../look/Button';
import { Confirm } from '../../../look/Confirm';
import { FormErrors, TextField } from '../../../look/Field';
import { Badge, Card, Notice, Skeleton } from '../../../look/Page';
import popup from '../../../look/Popup.module.css';
import { say } from '../../../look/Toasts';
import { useSubmit } from '../../../look/useSubmit';
import { fromNow, useNow } from '../../../time';
import { t } from '../../../words';
import css from './Calendars.module.css';

type Asked = 'edit' | 'renew' | 'end';

/** Secret addresses at which other programs read this calendar. */
export function Feeds() {
  const client = useQueryClient();
  const { data, error } = useQuery(feeds);
  const [round, setRound] = useState(0);
  const [asking, setAsking] = useState<{ what: Asked; feed: Feed; returnTo: HTMLElement | null }>();
  const submit = useSubmit(async ({ name = '', free_busy_only }) => {
    await api('post', '/api/feeds/', { body: { name, free_busy_only: free_busy_only !== undefined } });
    await client.invalidateQueries({ queryKey: feeds.queryKey });
    say(t('feeds.made'));
    setRound(round + 1);
  });
  return (
    <Card title={t('feeds.title')}>
      <p className="soft">{t('feeds.text')}</p>
      {error ? <Notice tone="bad">{error.message}</Notice> : !data ? <Skeleton lines={2} label={t('feeds.loading')} /> : data.length === 0 ? <p className="soft">{t('feeds.none')}</p> : (
        <ul className={css.list}>{data.map((feed) => <Row key={feed.id} feed={feed} ask={(what, returnTo) => setAsking({ what, feed, returnTo })} />)}</ul>
      )}
      <form key={round} className={css.form} {...submit.form}>
        <FormErrors errors={submit.besides('name')} />
        <TextField label={t('feeds.name')} name="name" maxLength={255} hint={t('feeds.name.hint')} errors={submit.of('name')} />
        <Brief />
        <div><Button type="submit" busy={submit.busy}>{t('feeds.make')}</Button></div>
      </form>
      {asking && <Ask {...asking} onClose={() => setAsking(undefined)} />}
    </Card>
  );
}

function Brief({ checked }: { checked?: boolean }) {
  return <label className={css.check}><input type="checkbox" name="free_busy_only" defaultChecked={checked} /> {t('feeds.brief')}</label>;
}

function Row({ feed, ask }: { feed: Feed; ask: (what: Asked, returnTo: HTMLElement | null) => void }) {
  const now = useNow();
  const more = useRef<HTMLButtonElement>(null);
  const address = useRef<HTMLInputElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(feed.url);
      say(t('feeds.copied'));
    } catch {
      // Browsers let pages write to the clipboard in secure contexts only.
      address.current?.select();
      say(t('feeds.selected'));
    }
  };
  return (
    <li className={css.row}>
      <div className={css.head}>
        <strong className="wrap">{feed.name}</strong>
        <Badge>{t(feed.free_busy_only ? 'feeds.brief.badge' : 'feeds.whole.badge')}</Badge>
        <span className="soft small">{feed.last_used_at ? t('feeds.used', { when: fromNow(feed.last_used_at, now) }) : t('feeds.unused')}</span>
      </div>
      <div className={css.address}>
        <input ref={address} readOnly value={feed.url} aria-label={t('feeds.url', { name: feed.name })} onFocus={(event) => event.target.select()} />
        <Button size="s" icon={<Copy size={14} aria-hidden />} onClick={() => void copy()}>{t('feeds.copy')}</Button>
        <MenuTrigger>
          <Pressable ref={more} className={popup.round ?? ''} aria-label={t('feeds.more', { name: feed.name })}><Ellipsis size={16} aria-hidden /></Pressable>
          <Popover className={popup.popover ?? ''} placement="bottom end">
            <Menu className={popup.menu ?? ''} aria-label={t('feeds.more', { name: feed.name })} onAction={(what) => ask(what as Asked, more.current)}>
              <MenuItem id="edit" className={popup.item ?? ''}>{t('feeds.edit')}</MenuItem>
              <MenuItem id="renew" className={popup.item ?? ''}>{t('feeds.renew')}</MenuItem>
              <MenuItem id="end" className={popup.item ?? ''}>{t('feeds.end')}</MenuItem>
            </Menu>
          </Popover>
        </MenuTrigger>
      </div>
    </li>
  );
}

function Ask({ what, feed, returnTo, onClose }: { what: Asked; feed: Feed; returnTo: HTMLElement | null; onClose: () => void }) {
  const client = useQueryClient();
  const { name, id } = feed, path = { id };
  const act = async (values: Record<string, string>) => {
    if (what === 'edit') await api('patch', '/api/feeds/{id}/', { path, body: { name: values.name ?? '', free_busy_only: values.free_busy_only !== undefined } });
    else if (what === 'renew') await api('post', '/api/feeds/{id}/renew/', { path });
    else await api('delete', '/api/feeds/{id}/', { path });
    await client.invalidateQueries({ queryKey: feeds.queryKey });
    say(what === 'edit' ? t('settings.saved') : t(what === 'renew' ? 'feeds.renewed' : 'feeds.ended', { name }));
  };
  if (what !== 'edit') return <Confirm title={t(`feeds.${what}.ask`, { name })} text={t(`feeds.${what}.text`)} action={t(`feeds.${what}`)} danger act={act} onClose={onClose} returnTo={returnTo} />;
  return (
    <Confirm title={name} action={t('settings.save')} act={act} onClose={onClose} returnTo={returnTo} fields={['name']}>
      {(of) => <><TextField data-first label={t('feeds.name')} name="name" maxLength={255} defaultValue={name} errors={of('name')} /><Brief checked={feed.free_busy_only} /></>}
    </Confirm>
  );
}
