import css from './Avatar.module.css';

/** Initials on a colour that stays with the address. The name stands beside it, so it is not read out. */
export function Avatar({ name, email, size = 's' }: { name: string; email: string; size?: 's' | 'l' }) {
  let sum = 0;
  for (const letter of email) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 6;
  const words = (name || email).split(/[\s@.]+/).filter(Boolean);
  const initials = (words.length > 1 && name ? [words[0], words.at(-1)] : [words[0]]).map((w) => Array.from(w ?? '')[0] ?? '').join('').toUpperCase();
  return <span className={css.avatar} data-colour={sum} data-size={size} aria-hidden>{initials}</span>;
}
