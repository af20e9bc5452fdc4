import type { FreeBusy, Stretch } from '../../../api/availability';
import { clock, clocks, day, instant, zoneName } from '../../../time';
import { listed, t } from '../../../words';
import css from './Strip.module.css';

interface Props {
  people: readonly { email: string; name: string; isMe: boolean }[];
  times: ReadonlyMap<string, FreeBusy | undefined>;
  unknown: ReadonlySet<string>;
  from: Temporal.Instant;
  to: Temporal.Instant;
  start: Temporal.Instant;
  end: Temporal.Instant;
  zone: string;
  busy: ReadonlySet<string>;
}

/** Everybody's time around the wanted one: their hours, what is taken, and where the meeting would be. */
export function Strip({ people, times, unknown, from, to, start, end, zone, busy }: Props) {
  const length = to.epochMilliseconds - from.epochMilliseconds;
  const place = (a: Temporal.Instant, b: Temporal.Instant) => {
    const left = Math.max(0, (a.epochMilliseconds - from.epochMilliseconds) / length), right = Math.min(1, (b.epochMilliseconds - from.epochMilliseconds) / length);
    return { left: `${left * 100}%`, width: `${Math.max(0, right - left) * 100}%` };
  };
  const stretches = (list: readonly Stretch[], className: string | undefined) => list
    .map((s) => ({ ...s, ...place(instant(s.start_time), instant(s.end_time)) })).filter((s) => s.width !== '0%')
    .map((s) => <span key={s.start_time} className={className} style={{ left: s.left, width: s.width }} />);
  const hours = Array.from({ length: 5 }, (_, n) => from.add({ milliseconds: Math.round(length * n / 4) }));
  return (
    <figure className={css.strip} aria-label={t('strip.label', { day: day(start, zone), zone: zoneName(zone, start) })}>
      <div className={css.scale} aria-hidden>{hours.map((hour, n) => <span key={hour.epochMilliseconds} data-n={n}>{clock(hour, zone)}</span>)}</div>
      <ul>
        {people.map(({ email, name, isMe }) => {
          const known = times.get(email);
          const taken = known?.busy.map((s) => clocks(s.start_time, s.end_time, zone)) ?? [];
          return (
            <li key={email} className={css.person}>
              <span className={`${css.name} clip`}>{isMe ? t('strip.me') : name || email}</span>
              <span className={css.track} data-unknown={!known || undefined} aria-hidden>
                {known && stretches(known.free, css.free)}
                {known && stretches(known.busy, css.busy)}
                <span className={css.wanted} data-busy={busy.has(email) || undefined} style={place(start, end)} />
              </span>
              <span className="unseen">{unknown.has(email) ? t('strip.unknown') : taken.length > 0 ? t('strip.taken', { times: listed(taken) }) : t('strip.open')}</span>
            </li>
          );
        })}
      </ul>
      <figcaption className={css.legend}>
        <span><i data-kind="free" />{t('strip.free')}</span><span><i data-kind="busy" />{t('strip.busy')}</span><span><i data-kind="wanted" />{t('strip.wanted')}</span>
        {people.some((p) => unknown.has(p.email)) && <span><i data-kind="unknown" />{t('strip.unknown')}</span>}
      </figcaption>
    </figure>
  );
}
