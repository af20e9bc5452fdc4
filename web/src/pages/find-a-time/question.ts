import { T } from '../../time';

export const ranks = ['earliest', 'fewest_out_of_hours', 'least_fragmentation'] as const;
export type Rank = (typeof ranks)[number];

/** What is looked for. All of it stands in the address. */
export interface Question {
  people: readonly { email: string; optional: boolean }[];
  minutes: number;
  date: Temporal.PlainDate;
  weeks: number;
  before: number;
  after: number;
  /** At least so many of all must be free; undefined: all who must come. */
  quorum?: number | undefined;
  rank: Rank;
}

export const durations = [15, 30, 45, 60, 90, 120, 180, 240] as const;
export const buffers = [0, 5, 10, 15, 30, 60] as const;
export const spans = [1, 2, 4, 8] as const;

/** What is not understood is as if it were not there. */
export function readQuestion(query: URLSearchParams, today: Temporal.PlainDate): Question {
  const emails = (name: string) => (query.get(name) ?? '').toLowerCase().split(',').filter((e) => /^[^\s@]+@[^\s@]+$/.test(e));
  const number = (name: string, usual: number, least: number, most: number) => {
    const value = Number(query.get(name) ?? usual);
    return Number.isSafeInteger(value) && value >= least && value <= most ? value : usual;
  };
  const must = [...new Set(emails('people'))], may = [...new Set(emails('optional'))].filter((e) => !must.includes(e));
  const quorum = number('quorum', 0, 1, 1000);
  return {
    people: [...must.map((email) => ({ email, optional: false })), ...may.map((email) => ({ email, optional: true }))],
    minutes: number('minutes', 60, 5, 1440), date: dateOf(query.get('date')) ?? today, weeks: number('weeks', 2, 1, 12),
    before: number('before', 0, 0, 240), after: number('after', 0, 0, 240), quorum: quorum || undefined,
    rank: ranks.find((r) => r === query.get('rank')) ?? 'earliest',
  };
}

function dateOf(text: string | null): Temporal.PlainDate | undefined {
  try {
    const date = T.PlainDate.from(text ?? '');
    return date.year >= 1970 && date.year <= 9000 ? date : undefined;
  } catch {
    return undefined;
  }
}

/** And back: only what is not usual stands in the address. */
export function questionQuery(question: Question, today: Temporal.PlainDate): Record<string, string> {
  const list = (optional: boolean) => question.people.filter((p) => p.optional === optional).map((p) => p.email).join(',');
  const all: Record<string, string> = {
    people: list(false), optional: list(true), minutes: question.minutes === 60 ? '' : String(question.minutes), date: question.date.equals(today) ? '' : question.date.toString(),
    weeks: question.weeks === 2 ? '' : String(question.weeks), before: question.before ? String(question.before) : '', after: question.after ? String(question.after) : '',
    quorum: question.quorum ? String(question.quorum) : '', rank: question.rank === 'earliest' ? '' : question.rank,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}
