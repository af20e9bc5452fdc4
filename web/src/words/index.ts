import { useSyncExternalStore } from 'react';
import { en } from './en';

/** A text, or its plural forms by the number `n`. `{name}` stands for a value. */
export type Words = string | { readonly one: string; readonly other: string };
export type Key = keyof typeof en;
export type Catalogue = Readonly<Record<Key, Words>>;

export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

const stored = 'convene.language';
let language: Language = 'en';
let catalogue: Catalogue = en;
const listeners = new Set<() => void>();

/** Chosen before, else the first of the browser's languages that we speak. */
export function preferredLanguage(): Language {
  const wanted = [remembered(), ...navigator.languages.map((l) => l.split('-')[0])];
  return wanted.find((l): l is Language => l !== undefined && l in languages) ?? 'en';
}

export async function speak(wanted: Language): Promise<void> {
  catalogue = wanted === 'de' ? (await import('./de')).de : en;
  language = wanted;
  document.documentElement.lang = wanted;
  for (const listener of listeners) listener();
}

export async function chooseLanguage(wanted: Language): Promise<void> {
  try {
    localStorage.setItem(stored, wanted);
  } catch { /* Storage is forbidden: it holds until the page is left. */ }
  await speak(wanted);
}

function remembered(): string | undefined {
  try {
    return localStorage.getItem(stored) ?? undefined;
  } catch {
    return undefined;
  }
}

export function useLanguage(): Language {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => language);
}

/** For Intl: the browser's region where its language is the one that is spoken, so that British people read 14:30 and Americans 2:30 PM. */
export function locale(): string {
  return (typeof navigator === 'undefined' ? [] : navigator.languages).find((l) => l.split('-')[0] === language) ?? (language === 'en' ? 'en-GB' : language);
}

export function t(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(catalogue[key], values, locale());
}

/** A word of the API (a status, a kind) in the viewer's language; as it is, if a newer server has one that is not known here. */
export function word(family: string, value: string, values?: Readonly<Record<string, string | number>>): string {
  const key = `${family}.${value}`;
  return key in catalogue ? t(key as Key, values) : value;
}

export function fill(words: Words, values: Readonly<Record<string, string | number>>, locale: string): string {
  const text = typeof words === 'string' ? words : words[new Intl.PluralRules(locale).select(Number(values.n)) === 'one' ? 'one' : 'other'];
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value ?? `{${name}}`;
  });
}

/** "Ana, Ben and Cho". */
export function listed(items: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(items);
}
