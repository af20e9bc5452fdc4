import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Plus, X } from 'lucide-react';
import { api, type Schema } from '../../api/client';
import { Button, IconButton } from '../../look/Button';
import { Dialog } from '../../look/Dialog';
import { FormErrors, Select, TextField } from '../../look/Field';
import { Notice } from '../../look/Page';
import { TimeBox } from '../../look/TimeBox';
import { say } from '../../look/Toasts';
import { useSubmit } from '../../look/useSubmit';
import { now, range, T, today as todayIn, zoneName } from '../../time';
import { t } from '../../words';
import type { Override, OverrideKind } from './Overrides';
import css from './Availability.module.css';

const kinds: readonly OverrideKind[] = ['out_of_office', 'blocked', 'hours'];
const time = (text: string) => T.PlainTime.from(text.startsWith('24') ? '00:00' : text);
const clock = (value: Temporal.PlainTime) => value.toString({ smallestUnit: 'minute' });

interface Range {
  start: Temporal.PlainTime;
  end: Temporal.PlainTime;
}

/** A date with other hours, hours kept free of bookings, or an absence. What is booked then stays, and is told. */
export function OverrideDialog({ override, zone, onClose }: { override: Override | undefined; zone: string; onClose: () => void }) {
  const client = useQueryClient();
  const today = todayIn(now(), zone).toString();
  const start = override?.start_time ? T.PlainDateTime.from(override.start_time) : undefined, end = override?.end_time ? T.PlainDateTime.from(override.end_time) : undefined;
  const [kind, setKind] = useState<OverrideKind>(kinds.find((k) => k === override?.kind) ?? 'out_of_office');
  const isWholeDays = !start || !end || (start.toPlainTime().equals('00:00') && end.toPlainTime().equals('00:00'));
  const [whole, setWhole] = useState(isWholeDays);
  const [from, setFrom] = useState(start?.toPlainTime() ?? time('09:00'));
  const [to, setTo] = useState(end && !isWholeDays ? end.toPlainTime() : time('17:00'));
  const [hours, setHours] = useState<readonly Range[]>(override?.hours?.map((h) => ({ start: time(h.start_time), end: time(h.end_time) })) ?? [{ start: time('09:00'), end: time('12:00') }]);
  const [conflicts, setConflicts] = useState<readonly Schema['Clash'][]>([]);

  const submit = useSubmit(async ({ date = '', end_date, reason = '' }) => {
    const body: Schema['OverrideBody'] = kind !== 'out_of_office'
      ? { kind, date, reason, hours: hours.map((h) => ({ start_time: clock(h.start), end_time: clock(h.end) })) }
      : whole ? { kind, date, end_date: end_date === '' || end_date === undefined ? date : end_date, reason }
        : { kind, start_time: `${date}T${clock(from)}`, end_time: `${end_date === '' || end_date === undefined ? date : end_date}T${clock(to)}`, reason };
    const saved = override
      ? await api('put', '/api/availability/overrides/{id}/', { path: { id: override.id }, body })
      : await api('post', '/api/availability/overrides/', { body });
    await client.invalidateQueries();
    if (saved.conflicts && saved.conflicts.length > 0) setConflicts(saved.conflicts);
    else {
      say(t('availability.override.saved'));
      onClose();
    }
  });

  if (conflicts.length > 0) {
    return (
      <Dialog title={t('availability.override.saved')} onClose={onClose}>
        <Notice tone="warn" role="status">{t('availability.conflicts', { n: conflicts.length })}</Notice>
        <ul className={css.conflicts}>
          {conflicts.map((c) => <li key={`${c.id} ${c.start_time}`}>{c.id?.includes('-') ? <Link to={`/dashboard/meetings/${c.id}`}>{c.title}</Link> : <strong>{c.title}</strong>}<br /><span className="soft">{range(c.start_time, c.end_time)}</span></li>)}
        </ul>
        <div className={css.actions}><Button kind="main" onClick={onClose}>{t('dialog.close')}</Button></div>
      </Dialog>
    );
  }
  const isAway = kind === 'out_of_office';
  return (
    <Dialog title={override ? t('availability.override.change') : t('availability.override.add')} onClose={onClose}>
      <form className={css.form} {...submit.form}>
        <FormErrors errors={submit.besides('date', 'end_date', 'reason', 'hours')} />
        <Select label={t('availability.kind')} value={kind} onChange={(e) => setKind(kinds.find((k) => k === e.target.value) ?? kind)}>
          {kinds.map((k) => <option key={k} value={k}>{t(`availability.kind.${k}`)}</option>)}
        </Select>
        <div className={css.pair}>
          <TextField label={isAway ? t('availability.first') : t('availability.date')} name="date" type="date" defaultValue={override?.date ?? start?.toPlainDate().toString() ?? today} errors={submit.of('date')} hint={zoneName(zone)} />
          {isAway && <TextField label={t('availability.last')} name="end_date" type="date" defaultValue={end ? (isWholeDays ? end.subtract({ days: 1 }) : end).toPlainDate().toString() : ''} errors={submit.of('end_date')} />}
        </div>
        {isAway && <label className={css.check}><input type="checkbox" checked={whole} onChange={(e) => setWhole(e.target.checked)} /> {t('availability.whole')}</label>}
        {isAway && !whole && <div className={css.pair}><TimeBox label={t('when.start')} value={from} onChange={setFrom} /><TimeBox label={t('when.end')} value={to} onChange={setTo} /></div>}
        {!isAway && (
          <div className={css.ranges} role="group" aria-label={t('availability.hours')}>
            {hours.length === 0 && <p className="soft">{t(kind === 'hours' ? 'availability.closed.all' : 'availability.blocked.none')}</p>}
            {hours.map((h, i) => (
              <div key={`${clock(h.start)} ${clock(h.end)}`} className={css.range}>
                <TimeBox label={t('when.start')} value={h.start} onChange={(s) => setHours(hours.map((x, n) => n === i ? { ...x, start: s } : x))} />
                <span aria-hidden>–</span>
                <TimeBox label={t('when.end')} value={h.end} onChange={(e) => setHours(hours.map((x, n) => n === i ? { ...x, end: e } : x))} after={h.start} />
                <IconButton label={t('availability.remove')} onClick={() => setHours(hours.filter((_, n) => n !== i))}><X size={16} aria-hidden /></IconButton>
              </div>
            ))}
            {submit.of('hours')?.map((e) => <p key={e} role="alert">{e}</p>)}
            <div><Button size="s" kind="quiet" icon={<Plus size={14} aria-hidden />} onClick={() => setHours([...hours, { start: hours.at(-1)?.end ?? time('09:00'), end: (hours.at(-1)?.end ?? time('09:00')).add({ hours: 1 }) }])}>{t('availability.add')}</Button></div>
          </div>
        )}
        <TextField label={t('availability.reason')} name="reason" defaultValue={override?.reason ?? ''} maxLength={500} hint={t('availability.reason.hint')} errors={submit.of('reason')} />
        <div className={css.actions}><Button kind="main" type="submit" busy={submit.busy}>{t('availability.override.save')}</Button></div>
      </form>
    </Dialog>
  );
}
