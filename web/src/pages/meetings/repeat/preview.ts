import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../../../api/client';
import { instant } from '../../../time';
import type { Times } from '../form/draft';
import { useSettled } from '../form/times';

const shown = 5;

export interface Dates {
  /** Starts and ends, as instants: each day has the clocks that are right for it. */
  dates: { start: Temporal.Instant; end: Temporal.Instant }[];
  /** There are no more than these. */
  complete: boolean;
  warnings: string[];
}

/** What a rule comes to, asked once the typing pauses. */
export function useDates(rule: string | undefined, times: Times | undefined, zone: string) {
  const question = useSettled(rule !== undefined && times ? { rule, start: times.start.zoned.toPlainDateTime().toString(), zone, minutes: times.minutes } : null);
  return useQuery({
    queryKey: ['recurrence', question],
    enabled: question !== null,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    queryFn: async ({ signal }): Promise<Dates> => {
      const { rule, start, zone, minutes } = question ?? { rule: '', start: '', zone: 'UTC', minutes: 0 };
      const found = await api('post', '/api/recurrence/preview/', { signal, body: { dtstart: start, tzid: zone, rrule: [rule], limit: shown } });
      const starts = (found.occurrences_utc ?? []).map((text) => instant(text));
      return { dates: starts.map((at) => ({ start: at, end: at.add({ milliseconds: minutes * 60_000 }) })), complete: found.complete, warnings: found.warnings };
    },
  });
}
