import { at, date } from '../../time';

/** "5 Mar 2030", or "5 Mar 2030 – 7 Mar 2030": whole days on the clocks of a zone. The end is the midnight after them. */
export function days(start: string, end: string, zone: string): string {
  const first = at(start, zone).toPlainDate(), after = at(end, zone).toPlainDate();
  const last = first.until(after).days > 1 ? after.subtract({ days: 1 }) : first;
  return first.equals(last) ? date(first) : `${date(first)} – ${date(last)}`;
}
