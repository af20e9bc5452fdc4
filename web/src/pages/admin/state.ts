import type { NavigateOptions } from 'react-router';
import { useAddress } from '../../look/useAddress';
import { isDate, midnight, T } from '../../time';

/** Reads one part of the address; what it does not understand is ''. */
type Part = (text: string) => string;
type Parts = Readonly<Record<string, Part>>;
export type State<P extends Parts> = { [K in keyof P]: ReturnType<P[K]> } & { page: number };

export const text: Part = (given) => given;
export const day: Part = (given) => (isDate(given) ? given : '');
export const oneOf = <T extends string>(choices: readonly T[]) => (given: string): T | '' => choices.find((choice) => choice === given) ?? '';

export function stateOf<P extends Parts>(parts: P, query: URLSearchParams): State<P> {
  const page = Number(query.get('page') ?? 1);
  const read = Object.entries(parts).map(([name, part]) => [name, part(query.get(name) ?? '')]);
  return { ...Object.fromEntries(read) as { [K in keyof P]: ReturnType<P[K]> }, page: Number.isSafeInteger(page) && page > 0 ? page : 1 };
}

/** And back: only what is said stands in the address. */
export function inQuery(state: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(state).filter(([name, value]) => value !== '' && !(name === 'page' && value === 1)).map(([name, value]) => [name, String(value)]));
}

/** What a list shows stands in the address. Whatever is changed begins at the first page. */
export function useListState<P extends Parts>(parts: P) {
  const [state, change] = useAddress((query) => stateOf(parts, query), inQuery);
  return {
    state,
    show: (part: Partial<State<P>>, options?: NavigateOptions) => change({ page: 1, ...part }, options),
    isFiltered: Object.entries(state).some(([name, value]) => name !== 'page' && name !== 'sort' && value !== ''),
  };
}

/** Days begin at midnight on the viewer's clocks, whatever zone the profile has, and the last one is in: the API is asked with instants. */
export function between(from: string, to: string, zone: string): { from?: string; to?: string } {
  const start = (date: Temporal.PlainDate) => midnight(date, zone).toInstant().toString();
  return { from: from ? start(T.PlainDate.from(from)) : undefined, to: to ? start(T.PlainDate.from(to).add({ days: 1 })) : undefined };
}
