import { NavLink, Outlet } from 'react-router';
import { useMe } from '../../api/session';
import { t } from '../../words';
import { NotYours } from './NotYours';
import css from './Admin.module.css';

const sections = ['people', 'meetings', 'outbox', 'jobs', 'health', 'audit'] as const;

/** Around the pages of administrators. For others there is one page, whatever they asked for. */
export function Component() {
  const { is_staff } = useMe();
  if (!is_staff) return <NotYours />;
  return (
    <div className={css.frame}>
      <nav className={`${css.tabs} no-print`} aria-label={t('nav.admin')}>
        {sections.map((section) => <NavLink key={section} to={`/admin/${section}`}>{t(`admin.${section}`)}</NavLink>)}
      </nav>
      <Outlet />
    </div>
  );
}
