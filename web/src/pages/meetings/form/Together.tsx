import { useMe } from '../../../api/session';
import { Skeleton } from '../../../look/Page';
import { at, clocks, day, instant, midnight, now, useZone } from '../../../time';
import { t } from '../../../words';
import type { Draft, Times } from './draft';
import { Strip } from './Strip';
import { useFreeBusy, useSuggestions, type Question } from './times';
import css from './MeetingForm.module.css';

interface Props {
  draft: Draft;
  times: Times | undefined;
  organizer: string;
  busy: ReadonlySet<string>;
  question: Question | undefined;
  onChoose: (start: Temporal.Instant, end: Temporal.Instant) => void;
}

/** Where the times stand that would suit all. */
export const nearestId = 'nearest-times';

/** How the wanted time suits everybody, and which times near it would suit all. On the viewer's clocks. */
export function Together({ draft, times, organizer, busy, question, onChoose }: Props) {
  const { email: mine } = useMe();
  const zone = useZone();
  const { data: suggestions } = useSuggestions(question);
  const unknown = new Set(suggestions?.unknown);
  const [from, to] = around(times, zone);
  const emails = [...new Set([organizer, ...draft.people.map((p) => p.email)])];
  // Whom the server doesn't know has no calendar to ask for.
  const found = useFreeBusy(emails.filter((e) => suggestions?.known.includes(e)), from.toString(), to.toString(), times !== undefined);
  if (!times) return <p className="soft">{t('together.noTime')}</p>;
  const people = emails.map((email) => ({ email, name: draft.people.find((p) => p.email === email)?.name ?? '', isMe: email === mine }));
  return (
    <>
      {suggestions ? <Strip people={people} times={found} unknown={unknown} from={from} to={to} start={times.start.zoned.toInstant()} end={times.end.zoned.toInstant()} zone={zone} busy={busy} />
        : <Skeleton lines={2} label={t('together.loading')} />}
      {suggestions && (
        <section id={nearestId} tabIndex={-1} className={css.nearest}>
          <h3>{t('together.nearest')}</h3>
          {suggestions.slots.length === 0 ? <p className="soft">{t('together.none')}</p> : (
            <ul>
              {suggestions.slots.map((slot) => (
                <li key={slot.start_time}>
                  <button type="button" className={css.slot} onClick={() => onChoose(instant(slot.start_time), instant(slot.end_time))}>
                    <span>{day(slot.start_time, zone, at(now(), zone).year)}</span><span className="figures">{clocks(slot.start_time, slot.end_time, zone)}</span>
                  </button>
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
    </>
  );
}

/** The day around the wanted time: from 7 to 19 o'clock, or as much more as the time needs; at most two days. */
function around(times: Times | undefined, zone: string): [Temporal.Instant, Temporal.Instant] {
  const start = times?.start.zoned.withTimeZone(zone) ?? at(now(), zone);
  const end = times?.end.zoned.withTimeZone(zone) ?? start;
  const first = midnight(start.toPlainDate(), zone).add({ hours: Math.max(0, Math.min(7, start.hour - 1)) });
  const usual = first.add({ hours: 12 });
  const wanted = end.add({ hours: 1 }).round({ smallestUnit: 'hour', roundingMode: 'ceil' });
  const most = first.add({ hours: 48 });
  const last = wanted.epochMilliseconds > most.epochMilliseconds ? most : wanted.epochMilliseconds > usual.epochMilliseconds ? wanted : usual;
  return [first.toInstant(), last.toInstant()];
}
