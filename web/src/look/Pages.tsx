import { t } from '../words';
import { Button } from './Button';
import css from './Pages.module.css';

/** From page to page of a long list; nothing if there is only one. */
export function Pages({ page, count, size, onPage }: { page: number; count: number; size: number; onPage: (page: number) => void }) {
  const all = Math.max(1, Math.ceil(count / size));
  if (all === 1) return null;
  return (
    <nav className={`${css.pages} no-print`} aria-label={t('list.pages')}>
      <Button disabled={page <= 1} onClick={() => onPage(page - 1)}>{t('list.previous')}</Button>
      <span className="figures">{t('list.page', { n: page, all })}</span>
      <Button disabled={page >= all} onClick={() => onPage(page + 1)}>{t('list.next')}</Button>
    </nav>
  );
}
