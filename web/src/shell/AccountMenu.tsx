import { useQueryClient } from '@tanstack/react-query';
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { useNavigate } from 'react-router';
import { api } from '../api/client';
import { nameOf, useMe } from '../api/session';
import { Avatar } from '../look/Avatar';
import popup from '../look/Popup.module.css';
import { t } from '../words';

export function AccountMenu({ onHelp }: { onHelp: () => void }) {
  const account = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  async function leave() {
    await api('post', '/api/auth/logout/', {}).catch(() => undefined);
    await navigate('/login');
    // Nothing of one person may be left for the next.
    client.clear();
  }
  return (
    <MenuTrigger>
      <Button className={popup.round ?? ''} aria-label={t('account.menu', { name: nameOf(account) })}><Avatar name={nameOf(account)} email={account.email} /></Button>
      <Popover className={popup.popover ?? ''} placement="bottom end">
        <div className={popup.who}><strong>{nameOf(account)}</strong><span className="soft small wrap">{account.email}</span></div>
        <Menu className={popup.menu ?? ''} aria-label={t('account.menu', { name: nameOf(account) })}>
          <MenuItem className={popup.item ?? ''} onAction={() => void navigate('/dashboard/settings')}>{t('nav.settings')}</MenuItem>
          <MenuItem className={popup.item ?? ''} onAction={() => void navigate('/dashboard/availability')}>{t('nav.availability')}</MenuItem>
          {account.is_staff ? <MenuItem className={popup.item ?? ''} onAction={() => void navigate('/admin')}>{t('nav.admin')}</MenuItem> : null}
          <MenuItem className={popup.item ?? ''} onAction={onHelp}>{t('help.title')}</MenuItem>
          <MenuItem className={popup.item ?? ''} href="/api/docs/" target="_blank">{t('account.api')}</MenuItem>
          <Separator className={popup.line ?? ''} />
          <MenuItem className={popup.item ?? ''} onAction={() => void leave()}>{t('account.leave')}</MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
