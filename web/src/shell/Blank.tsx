import { Mark } from './Mark';

/** What is there before it is known who comes: around the pages of those who are signed in the bar on top, without anything to press. vite.config.ts has the same for the first paint. */
export function Blank() {
  if (!/^\/(dashboard|admin)/.test(window.location.pathname)) return null;
  return <header className="first-bar"><Mark /><span>Convene</span></header>;
}
