import { useState, type ReactNode } from 'react';
import { at, moment, T, wall, zoneName } from '../time';
import { t } from '../words';
import { TextField } from './Field';
import { TimeBox } from './TimeBox';
import css from './When.module.css';

interface Times {
  start: Temporal.Instant;
  end: Temporal.Instant;
}

/** A date and two times, typed on the clocks of a zone. What lasts over midnight does so still. No `times`: the end is not after the start. */
export function useWhen(initial: Times, zone: string): { fields: (errors?: { start?: readonly string[] | undefined; end?: readonly string[] | undefined }) => ReactNode; times: Times | undefined } {
  const [date, setDate] = useState(at(initial.start, zone).toPlainDate().toString());
  const [from, setFrom] = useState(at(initial.start, zone).toPlainTime());
  const [to, setTo] = useState(at(initial.end, zone).toPlainTime());
  const days = at(initial.start, zone).toPlainDate().until(at(initial.end, zone).toPlainDate()).days;
  const day = dateOf(date);
  const start = day && wall(day, from, zone), end = day && wall(day.add({ days: days || (T.PlainTime.compare(to, from) <= 0 ? 1 : 0) }), to, zone);
  const isRight = start && end && T.ZonedDateTime.compare(start.zoned, end.zoned) < 0;
  const odd = start?.odd === 'skipped' ? t('when.skipped', { when: moment(start.zoned.toInstant(), zone) }) : start?.odd === 'doubled' ? t('when.doubled') : undefined;
  return {
    times: isRight ? { start: start.zoned.toInstant(), end: end.zoned.toInstant() } : undefined,
    fields: (errors = {}) => (
      <>
        <div className={css.when}>
          <TextField label={t('when.date')} type="date" value={date} onChange={(e) => setDate(e.target.value)} hint={zoneName(zone, start?.zoned.toInstant())} errors={errors.start} />
          <TimeBox label={t('when.start')} value={from} onChange={setFrom} />
          <TimeBox label={t('when.end')} value={to} onChange={setTo} after={from} errors={errors.end ?? []} />
        </div>
        {odd && <p className="soft" role="status">{odd}</p>}
      </>
    ),
  };
}

function dateOf(text: string): Temporal.PlainDate | undefined {
  try {
    return T.PlainDate.from(text);
  } catch {
    return undefined;
  }
}
