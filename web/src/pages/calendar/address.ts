import { isZone, T } from '../../time';

export const views = ['month', 'week', 'day', 'agenda'] as const;
export type View = (typeof views)[number];

/** What the calendar shows. All of it stands in the address: it can be sent, bookmarked and gone back to. */
export interface Shown {
  view: View;
  date: Temporal.PlainDate;
  /** Whose time stands beside mine. */
  people: readonly string[];
  /** A second column of clocks. */
  also?: string | undefined;
}

/** What is not understood is as if it were not there. */
export function readShown(query: URLSearchParams, today: Temporal.PlainDate, usual: View): Shown {
  const also = query.get('also') ?? '';
  return {
    view: views.find((v) => v === query.get('view')) ?? usual,
    date: readDate(query.get('date')) ?? today,
    people: [...new Set((query.get('people') ?? '').toLowerCase().split(',').filter((p) => p.includes('@')))],
    also: also && isZone(also) ? also : undefined,
  };
}

function readDate(text: string | null): Temporal.PlainDate | undefined {
  try {
    const date = T.PlainDate.from(text ?? '');
    return date.year >= 1970 && date.year <= 9000 ? date : undefined;
  } catch {
    return undefined;
  }
}

export function shownQuery({ view, date, people, also }: Shown, zone: string | undefined): Record<string, string> {
  return { view, date: date.toString(), ...(people.length > 0 && { people: people.join(',') }), ...(also && { also }), ...(zone && { zone }) };
}

/** The days that a view shows: `first` to before `end`. */
export function daysShown({ view, date }: Pick<Shown, 'view' | 'date'>, firstDay: number): { first: Temporal.PlainDate; end: Temporal.PlainDate } {
  const week = (of: Temporal.PlainDate) => of.subtract({ days: (of.dayOfWeek - firstDay + 7) % 7 });
  switch (view) {
    case 'day': return { first: date, end: date.add({ days: 1 }) };
    case 'week': return { first: week(date), end: week(date).add({ days: 7 }) };
    case 'agenda': return { first: date, end: date.add({ days: 14 }) };
    case 'month': {
      const first = week(date.with({ day: 1 }));
      const last = date.with({ day: date.daysInMonth });
      return { first, end: week(last).add({ days: 7 }) };
    }
  }
}

/** One view further or back. */
export function further({ view, date }: Pick<Shown, 'view' | 'date'>, steps: 1 | -1): Temporal.PlainDate {
  return date.add({ month: { months: steps }, week: { days: 7 * steps }, day: { days: steps }, agenda: { days: 14 * steps } }[view]);
}
