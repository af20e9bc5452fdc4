import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';

const stored = 'convene.theme'; // public/theme.js reads it too
const listeners = new Set<() => void>();

export function theme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

export function chooseTheme(wanted: Theme) {
  if (wanted === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = wanted;
  try {
    if (wanted === 'system') localStorage.removeItem(stored);
    else localStorage.setItem(stored, wanted);
  } catch { /* Storage is forbidden: it holds until the page is left. */ }
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, theme);
}
