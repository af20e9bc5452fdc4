import { useState } from 'react';
import { Repeat as Icon } from 'lucide-react';
import { Select, TextField } from '../../../look/Field';
import { at, clocks, day, now, useZone } from '../../../time';
import { t } from '../../../words';
import type { Times } from '../form/draft';
import { useDates } from './preview';
import { daysOf, mostCount, mostInterval, ofPreset, presetOf, presets, ruleOf, type Preset, type Repeat } from './repeat';
import { inWords, nthWeekday, weekday } from './words';
import css from './RepeatField.module.css';

interface Props {
  repeat: Repeat | undefined;
  onChange: (repeat: Repeat | undefined) => void;
  times: Times;
  zone: string;
  /** A series: it can repeat differently, but not become a single meeting. Its rule in words, which is kept while nothing else is chosen. */
  series?: string | undefined;
  errors?: readonly string[] | undefined;
}

/** How a meeting repeats: one of the usual ways, or put together; said in words and with its next dates. */
export function RepeatField({ repeat, onChange, times, zone, series, errors }: Props) {
  const start = times.start.zoned.toPlainDate();
  const preset = repeat && presetOf(repeat);
  // A rule that no form here can say can be kept as it is.
  const [keeps] = useState(series !== undefined && !repeat);
  const [custom, setCustom] = useState(repeat !== undefined && preset === undefined);
  const choose = (value: string) => {
    setCustom(value === 'custom');
    if (value === '') onChange(undefined);
    else onChange(value === 'custom' ? repeat ?? ofPreset('weekly') : ofPreset(value as Preset, repeat));
  };
  const change = (part: Partial<Repeat>) => onChange({ ...repeat ?? ofPreset('weekly'), ...part });
  const isCustom = repeat !== undefined && (custom || preset === undefined);
  return (
    <div className={css.repeat}>
      <Select label={t('repeat.label')} value={!repeat ? '' : isCustom ? 'custom' : preset} onChange={(event) => choose(event.target.value)} errors={errors}>
        {(series === undefined || keeps) && <option value="">{series ?? t('repeat.none')}</option>}
        {presets.map((p) => <option key={p} value={p}>{inWords(ofPreset(p), start)}</option>)}
        <option value="custom">{t('repeat.custom')}</option>
      </Select>
      {repeat && (
        <>
          {isCustom && <Custom repeat={repeat} start={start} change={change} />}
          <Ends repeat={repeat} start={start} change={change} counts={series !== undefined} />
          <NextDates repeat={repeat} times={times} zone={zone} />
        </>
      )}
    </div>
  );
}

interface PartProps {
  repeat: Repeat;
  start: Temporal.PlainDate;
  change: (part: Partial<Repeat>) => void;
}

function Custom({ repeat, start, change }: PartProps) {
  const days = repeat.weekdays.length > 0 ? repeat.weekdays : [start.dayOfWeek];
  const toggle = (d: number) => {
    const left = days.includes(d) ? days.filter((other) => other !== d) : [...days, d];
    // The last one stays: a week without a day is none.
    if (left.length > 0) change({ weekdays: daysOf(left, start) });
  };
  return (
    <>
      <div className={css.line}>
        <NumberField label={t('repeat.every')} value={repeat.interval} most={mostInterval} onChange={(interval) => change({ interval })} />
        <Select label={t('repeat.unit')} value={repeat.frequency} onChange={(event) => change({ frequency: event.target.value as Repeat['frequency'] })}>
          {(['daily', 'weekly', 'monthly', 'yearly'] as const).map((f) => <option key={f} value={f}>{t(`repeat.unit.${f}`, { n: repeat.interval })}</option>)}
        </Select>
        {repeat.frequency === 'monthly' && (
          <Select label={t('repeat.on')} className={css.wide} value={repeat.on} onChange={(event) => change({ on: event.target.value as Repeat['on'] })}>
            <option value="day">{t('repeat.on.day', { day: start.day })}</option>
            <option value="weekday">{t('repeat.on.weekday', { day: nthWeekday(start) })}</option>
            <option value="last">{t('repeat.on.last')}</option>
          </Select>
        )}
      </div>
      {repeat.frequency === 'weekly' && (
        <fieldset className={css.days}>
          <legend>{t('repeat.weekdays')}</legend>
          {[1, 2, 3, 4, 5, 6, 7].map((d) => (
            <label key={d}><input type="checkbox" checked={days.includes(d)} onChange={() => toggle(d)} aria-label={weekday(d)} /><span aria-hidden>{weekday(d, 'short')}</span></label>
          ))}
        </fieldset>
      )}
    </>
  );
}

function Ends({ repeat, start, change, counts }: PartProps & { counts: boolean }) {
  // A last date to begin with, so that nothing is wrong before anything was typed.
  const choose = (end: Repeat['end']) => change(end === 'date' && repeat.until === '' ? { end, until: start.add({ months: 3 }).toString() } : { end });
  const isMissing = repeat.end === 'date' && ruleOf(repeat, start, 'UTC') === undefined;
  return (
    <div className={css.line}>
      <Select label={t('repeat.ends')} value={repeat.end} onChange={(event) => choose(event.target.value as Repeat['end'])}>
        {(['never', 'date', 'count'] as const).map((end) => <option key={end} value={end}>{t(`repeat.ends.${end}`)}</option>)}
      </Select>
      {repeat.end === 'date' && <TextField label={t('repeat.last')} type="date" value={repeat.until} min={start.toString()} onChange={(event) => change({ until: event.target.value })} errors={isMissing ? [t('repeat.last.missing')] : []} />}
      {repeat.end === 'count' && <NumberField label={t('repeat.count')} value={repeat.count} most={mostCount} onChange={(count) => change({ count })} {...(counts ? { hint: t('repeat.count.hint') } : {})} />}
    </div>
  );
}

/** A whole number from 1. What is none is not taken, and forgotten when the field is left. */
function NumberField({ label, value, most, onChange, hint }: { label: string; value: number; most: number; onChange: (value: number) => void; hint?: string }) {
  const [text, setText] = useState<string>();
  const take = (typed: string) => {
    setText(typed);
    const read = Number(typed);
    if (Number.isInteger(read) && read >= 1 && read <= most) onChange(read);
  };
  return <TextField label={label} hint={hint} type="number" inputMode="numeric" min={1} max={most} value={text ?? value} onChange={(event) => take(event.target.value)} onBlur={() => setText(undefined)} />;
}

function NextDates({ repeat, times, zone }: { repeat: Repeat; times: Times; zone: string }) {
  const viewer = useZone();
  const start = times.start.zoned.toPlainDate();
  const rule = ruleOf(repeat, start, zone);
  const { data, error, isPlaceholderData } = useDates(rule, times, zone);
  if (rule === undefined) return null;
  const year = at(now(), viewer).year;
  return (
    <div className={css.next} data-stale={isPlaceholderData || undefined} role="status">
      <p className={css.words}><Icon size={15} aria-hidden />{inWords(repeat, start)}</p>
      {error ? <p>{error.message}</p> : !data ? <p className="soft">{t('repeat.next.loading')}</p> : data.dates.length === 0 ? <p>{t('repeat.next.none')}</p> : (
        <ol aria-label={t('repeat.next')}>
          {data.dates.map((d) => <li key={d.start.epochMilliseconds}><time dateTime={d.start.toString()}>{day(d.start, viewer, year)}</time> <span className="soft">{clocks(d.start, d.end, viewer)}</span></li>)}
          {!data.complete && <li aria-hidden className="soft">…</li>}
        </ol>
      )}
      {data?.warnings.map((warning) => <p key={warning} className="soft small">{warning}</p>)}
    </div>
  );
}
