import { Suspense, lazy, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Navigate, NavLink, Outlet, useLocation, useNavigate, type To } from 'react-router';
import { Command, Plus, WifiOff } from 'lucide-react';
import { useConnected, useLive } from '../api/live';
import { AccountContext, me } from '../api/session';
import { ButtonLink, IconButton } from '../look/Button';
import { Skeleton } from '../look/Page';
import { useZone } from '../time';
import { t } from '../words';
import { Blank } from './Blank';
import { Mark } from './Mark';
import { useOnline } from './online';
import { usePlaces } from './places';
import { ScopeQuestion } from './ScopeQuestion';
import { useShortcuts } from './shortcuts';
import { ToolsToCome } from './ToolsToCome';
import css from './Shell.module.css';

const Palette = lazy(() => import('./Palette'));
const Tools = lazy(() => import('./Tools'));
const Help = lazy(() => import('./Help'));

/** What is around every page of those who are signed in. */
export function Component() {
  const { data: account, isPending } = useQuery(me);
  const location = useLocation();
  const [wasIn, setWasIn] = useState(false);
  if (account && !wasIn) setWasIn(true);
  if (isPending) return <Blank />;
  if (!account) return <Navigate to={`/login?next=${encodeURIComponent(location.pathname + location.search)}`} state={{ signedOut: wasIn }} replace />;
  return <AccountContext value={account}><Frame /></AccountContext>;
}

function Frame() {
  const [open, setOpen] = useState<'palette' | 'help'>();
  const navigate = useNavigate();
  const go = (to: To) => void navigate(to);
  useLive();
  const places = usePlaces();
  const online = useOnline();
  const connected = useConnected();
  useZone(); // Times are formatted while drawing: another zone draws them anew.
  useShortcuts({
    'mod+k': () => setOpen('palette'),
    '?': () => setOpen('help'),
    c: () => go('/dashboard/meetings/new'),
    t: () => go('/dashboard'),
    m: () => go('/dashboard/meetings'),
    '/': () => setOpen('palette'),
  });
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#content">{t('shell.skip')}</a>
      <header className={`${css.top} no-print`}>
        <NavLink to="/dashboard" end className={css.brand}><Mark /><span>Convene</span></NavLink>
        <div className={css.tools}>
          <button type="button" className={css.search} onClick={() => setOpen('palette')}>
            <Command size={16} aria-hidden /><span>{t('shell.search')}</span><kbd>Ctrl K</kbd>
          </button>
          <Suspense fallback={<ToolsToCome />}><Tools onHelp={() => setOpen('help')} /></Suspense>
        </div>
      </header>
      <nav className={`${css.nav} no-print`} aria-label={t('nav.label')}>
        <ButtonLink kind="main" to="/dashboard/meetings/new" className={css.create} icon={<Plus size={18} aria-hidden />}>{t('nav.create')}</ButtonLink>
        {places.map(({ to, name, icon: Icon, bar }) => (
          <NavLink key={to} to={to} end={to === '/dashboard'} className={css.place} data-bar={bar}><Icon size={18} aria-hidden /><span>{t(name)}</span></NavLink>
        ))}
        <IconButton className={css.more} label={t('shell.search')} onClick={() => setOpen('palette')}><Command size={18} aria-hidden /></IconButton>
      </nav>
      <main id="content" className={css.content} tabIndex={-1}>
        <div role="status">{(!online || !connected) && <p className={css.offline}><WifiOff size={16} aria-hidden />{t(online ? 'shell.unheard' : 'shell.offline')}</p>}</div>
        <Suspense fallback={<Skeleton label={t('shell.loading')} />}><Outlet /></Suspense>
      </main>
      <ScopeQuestion />
      <Suspense fallback={null}>
        {open === 'palette' && <Palette onClose={() => setOpen(undefined)} onHelp={() => setOpen('help')} />}
        {open === 'help' && <Help onClose={() => setOpen(undefined)} />}
      </Suspense>
    </div>
  );
}
