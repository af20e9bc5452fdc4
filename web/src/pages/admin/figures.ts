import { duration } from '../../time';
import { locale } from '../../words';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** "1.2 MB". */
export function bytes(count: number): string {
  const power = Math.min(units.length - 1, count < 1 ? 0 : Math.floor(Math.log10(count) / 3));
  return new Intl.NumberFormat(locale(), { style: 'unit', unit: units[power] ?? 'byte', maximumFractionDigits: power < 2 ? 0 : 1 }).format(count / 1000 ** power);
}

/** "2s", and from a minute on as durations are told everywhere. */
export function seconds(count: number): string {
  return count < 60 ? new Intl.NumberFormat(locale(), { style: 'unit', unit: 'second', unitDisplay: 'narrow' }).format(Math.floor(count)) : duration(Math.floor(count / 60));
}
