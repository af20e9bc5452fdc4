/** Where to go after signing in: only to pages of ours, whatever a link says. */
export function inside(next: string | null): string {
  return next?.startsWith('/dashboard') === true || next?.startsWith('/admin') === true ? next : '/dashboard';
}
