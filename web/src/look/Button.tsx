import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Link, type LinkProps } from 'react-router';
import { classes } from './classes';
import css from './Button.module.css';

interface Look {
  kind?: 'main' | 'plain' | 'quiet' | 'danger';
  size?: 'm' | 's';
  icon?: ReactNode;
}

type ButtonProps = Look & ButtonHTMLAttributes<HTMLButtonElement> & {
  /** It works on it: the button keeps its place and can't be pressed again. */
  busy?: boolean;
};

export function Button({ kind = 'plain', size = 'm', icon, busy, children, className, type = 'button', disabled, ...rest }: ButtonProps) {
  return (
    <button type={type} className={classes(css.button, css[kind], size === 's' && css.small, busy && css.busy, className)} disabled={disabled} aria-busy={busy} {...rest}
      onClick={busy ? (event) => event.preventDefault() : rest.onClick}>
      {icon}{children !== undefined && <span>{children}</span>}
    </button>
  );
}

/** A place to go that looks like a button. */
export function ButtonLink({ kind = 'plain', size = 'm', icon, children, className, ...rest }: Look & LinkProps) {
  return <Link className={classes(css.button, css[kind], size === 's' && css.small, className)} {...rest}>{icon}{children !== undefined && <span>{children}</span>}</Link>;
}

export function IconButton({ label, children, className, type = 'button', ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { label: string }) {
  return <button type={type} className={classes(css.icon, className)} aria-label={label} title={label} {...rest}>{children}</button>;
}
