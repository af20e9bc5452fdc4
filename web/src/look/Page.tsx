import { useEffect, type ReactNode } from 'react';
import { classes } from './classes';
import css from './Page.module.css';

/** A page's title, in the tab and on top; what can be done there; and what it is about. */
export function Page({ title, actions, children, width = 'm' }: { title: string; actions?: ReactNode; children: ReactNode; width?: 's' | 'm' | 'full' }) {
  useTitle(title);
  return (
    <div className={classes(css.page, css[width])}>
      <header className={css.head}>
        <h1 className="wrap">{title}</h1>
        {actions && <div className={classes(css.actions, 'no-print')}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

export function useTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · Convene`;
  }, [title]);
}

export function Card({ title, actions, children, className, tight }: { title?: ReactNode; actions?: ReactNode; children: ReactNode; className?: string | undefined; tight?: boolean }) {
  return (
    <section className={classes(css.card, tight && css.tight, className)}>
      {title !== undefined && <header className={css.cardHead}><h2>{title}</h2>{actions}</header>}
      {children}
    </section>
  );
}

/** Where there is nothing yet: what will be here, and how it gets here. */
export function Empty({ icon, title, children, action }: { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={css.empty}>
      {icon}
      <p className={css.emptyTitle}>{title}</p>
      {children && <p className="soft">{children}</p>}
      {action}
    </div>
  );
}

/** The outline of what is being fetched. */
export function Skeleton({ lines = 3, label }: { lines?: number; label: string }) {
  return (
    <div className={css.skeleton} role="status" data-waiting>
      <span className="unseen">{label}</span>
      {Array.from({ length: lines }, (_, n) => <span key={n} className={css.bone} data-n={n % 3} />)}
    </div>
  );
}

export function Badge({ tone = 'plain', children }: { tone?: 'plain' | 'good' | 'warn' | 'bad' | 'accent'; children: ReactNode }) {
  return <span className={css.badge} data-tone={tone}>{children}</span>;
}

export function Notice({ tone, children, icon, role }: { tone: 'good' | 'warn' | 'bad' | 'accent'; children: ReactNode; icon?: ReactNode; role?: 'status' | 'alert' }) {
  return <div className={css.notice} data-tone={tone} role={role}>{icon}<div className="wrap">{children}</div></div>;
}
