import { Outlet } from 'react-router';
import { Mark } from '../../shell/Mark';
import css from './Account.module.css';

/** Around the pages for who is not signed in. */
export function Component() {
  return (
    <div className={css.frame}>
      <header className={css.brand}><Mark size={32} /><span>Convene</span></header>
      <main className={css.card}><Outlet /></main>
    </div>
  );
}
