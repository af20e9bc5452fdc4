import { expect, test } from 'vitest';
import { fill, type Words } from '.';
import { de } from './de';
import { en } from './en';

const holes = (words: Words) => [...new Set(JSON.stringify(words).match(/\{\w+\}/g) ?? [])].sort();

test('both catalogues have the same keys', () => {
  expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
});

test.each(Object.keys(en) as (keyof typeof en)[])('%s says the same values in both languages', (key) => {
  expect(holes(de[key])).toEqual(holes(en[key]));
  expect(typeof de[key]).toBe(typeof en[key]);
});

test('plurals and numbers are those of the language', () => {
  expect(fill({ one: '{n} meeting', other: '{n} meetings' }, { n: 1 }, 'en')).toBe('1 meeting');
  expect(fill({ one: '{n} meeting', other: '{n} meetings' }, { n: 1234 }, 'en')).toBe('1,234 meetings');
  expect(fill({ one: '{n} Termin', other: '{n} Termine' }, { n: 1234 }, 'de')).toBe('1.234 Termine');
});
