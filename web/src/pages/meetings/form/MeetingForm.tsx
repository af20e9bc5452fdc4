import { useRef, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { TriangleAlert } from 'lucide-react';
import type { Clash } from '../../../api/meetings';
import type { ApiError } from '../../../api/problems';
import { useMe } from '../../../api/session';
import { Button } from '../../../look/Button';
import { FormErrors, Select, TextArea, TextField } from '../../../look/Field';
import { Card, Notice } from '../../../look/Page';
import { TimeBox } from '../../../look/TimeBox';
import { useSubmit } from '../../../look/useSubmit';
import { ZonePicker } from '../../../look/ZonePicker';
import { clock, duration, elsewhere, now, placeOf, range, sameZone, T, useZone, zoneName } from '../../../time';
import { t } from '../../../words';
import { RepeatField } from '../repeat/RepeatField';
import { shortList } from '../repeat/words';
import { isWhole, timesOf, whenOf, withEnd, withStart, type Draft, type Times } from './draft';
import { PeopleField } from './PeopleField';
import { nearestId, Together } from './Together';
import { questionOf, useConflicts, useSettled } from './times';
import css from './MeetingForm.module.css';

interface Props {
  initial: Draft;
  /** What stands above the fields. */
  children?: ReactNode;
  /** The meeting that is edited: it never clashes with itself. */
  meetingId?: string;
  /** It is part of a series, which repeats like this. */
  series?: string | undefined;
  /** Someone else's meeting, that I may edit as a cohost. */
  host?: { email: string; name: string };
  save: (draft: Draft, times: Times) => Promise<unknown>;
  cancel: string;
  saveWord: string;
}

const reminders = [null, 5, 10, 15, 30, 60, 120, 1440];

export function MeetingForm({ initial, meetingId, series, host, save, cancel, saveWord, children }: Props) {
  const [draft, setDraft] = useState(initial);
  const [longer, setLonger] = useState(false);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const account = useMe();
  const viewer = useZone();
  const times = whenOf(draft);
  const organizer = host?.email ?? account.email;
  const question = useSettled(times && questionOf(times, [organizer, ...draft.people.map((p) => p.email)], meetingId));
  const { data: conflicts } = useConflicts(question);
  const clashes = conflicts?.conflicts ?? {};
  const busy = new Set(Object.keys(clashes));
  const invitedBusy = draft.people.filter((p) => busy.has(p.email));
  const isPast = times !== undefined && times.start.zoned.epochMilliseconds < now().epochMilliseconds;
  const allTheSame = useRef(false);
  const submit = useSubmit(async () => {
    const chosen: Draft = allTheSame.current ? { ...draft, policy: 'allow' } : draft;
    allTheSame.current = false;
    if (times) await save(chosen, times);
  });
  const repeats = series !== undefined || draft.repeat !== undefined;
  const left = draft.policy ?? (meetingId ? undefined : 'skip');
  const overDays = times !== undefined && !times.start.zoned.toPlainDate().equals(times.end.zoned.toPlainDate());

  return (
    <form className={css.form} {...submit.form}>
      <div className={css.fields}>
        {children}
        <FormErrors errors={submit.besides('title', 'start_time', 'end_time', 'timezone', 'participants', 'location', 'description', 'reminder_minutes', 'conflict', 'details', 'recurrence', 'unavailable').concat(submit.of('conflict') ?? [], clashesOf(submit.error, viewer))} />
        {submit.of('conflict') && (
          <div className={css.refused}>
            <Button onClick={() => document.getElementById(nearestId)?.focus()}>{t('refused.find')}</Button>
            <Button onClick={() => { allTheSame.current = true; submit.form.ref.current?.requestSubmit(); }}>{t(meetingId ? 'refused.move' : 'refused.book')}</Button>
          </div>
        )}
        <TextField label={t('form.title')} value={draft.title} onChange={(event) => change({ title: event.target.value })} required errors={submit.of('title')} className={css.title}
          // A new meeting begins with its title.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus={meetingId === undefined} />
        <div className={css.times}>
          <TextField label={t('form.date')} type="date" value={draft.date} onChange={(event) => setDraft(withStart(draft, { date: event.target.value }))} errors={submit.of('start_time')} />
          <TimeBox label={t('form.start')} value={draft.start} onChange={(start) => setDraft(withStart(draft, { start }))} />
          <TimeBox label={t('form.end')} value={draft.end} onChange={(end) => setDraft(withEnd(draft, end))} after={draft.start} about={(end) => lengthTo(draft, end)} errors={submit.of('end_time') ?? []} />
          {(overDays || longer) && <TextField label={t('form.endDate')} type="date" value={draft.endDate} min={draft.date} onChange={(event) => change({ endDate: event.target.value })} className={css.endDate} />}
        </div>
        <div className={css.about} role="status">
          {times ? <span>{duration(times.minutes)}</span> : <span className={css.bad}>{t('form.noTime')}</span>}
          {times && elsewhere(times.start.zoned.toInstant(), times.end.zoned.toInstant(), viewer, draft.zone) && (
            <span>{t('form.yours', { times: elsewhere(times.start.zoned.toInstant(), times.end.zoned.toInstant(), viewer, draft.zone) ?? '' })}</span>
          )}
          {[times?.start, times?.end].map((end, n) => end?.odd && (
            <span key={n} className={css.warn}><TriangleAlert size={14} aria-hidden />{t(`form.${end.odd}`, { zone: placeOf(draft.zone), time: clock(end.zoned.toInstant(), draft.zone) })}</span>
          ))}
          {!overDays && !longer && <button type="button" className={css.link} onClick={() => setLonger(true)}>{t('form.overDays')}</button>}
          {isPast && <span className={css.warn}><TriangleAlert size={14} aria-hidden />{t('form.past')}</span>}
        </div>
        <ZonePicker label={t('form.zone')} value={draft.zone} onChange={(zone) => change({ zone })} errors={submit.of('timezone') ?? []}
          {...(sameZone(draft.zone, viewer) ? {} : { hint: t('form.zone.differs', { zone: zoneName(viewer) }) })} />
        {times && (meetingId === undefined || series !== undefined) && <RepeatField repeat={draft.repeat} onChange={(repeat) => change({ repeat })} times={times} zone={draft.zone} series={series} errors={submit.of('recurrence')} />}
        <PeopleField people={draft.people} onChange={(people) => change({ people })} busy={busy} errors={submit.of('participants')} />
      </div>
      <Card className={css.side} title={t('together.title')}>
        <div role="status">
          {busy.size > 0 && (
            <Notice tone="warn" icon={<TriangleAlert size={18} aria-hidden />}>
              {Object.entries(clashes).map(([email, list]) => (
                <p key={email}>{t(email === account.email ? 'together.me' : 'together.busy', { who: draft.people.find((p) => p.email === email)?.name || email, what: list.map((c) => `${c.title} ${clock(c.start_time, viewer)} – ${clock(c.end_time, viewer)}`).join(', ') })}</p>
              ))}
            </Notice>
          )}
        </div>
        {!repeats && invitedBusy.length > 0 && (
          <fieldset className={css.policy}>
            <legend>{t('form.policy', { n: invitedBusy.length })}</legend>
            {(['skip', 'allow'] as const).map((policy) => (
              <label key={policy}><input type="radio" name="policy" checked={left === policy} onChange={() => change({ policy })} />{t(`form.policy.${policy}`)}</label>
            ))}
          </fieldset>
        )}
        <Together draft={draft} times={times} organizer={organizer} busy={busy} question={question}
          onChoose={(start, end) => change(timesOf(start, end, draft.zone))} />
      </Card>
      <div className={css.rest}>
        <TextField label={t('form.location')} value={draft.location} onChange={(event) => change({ location: event.target.value })} placeholder={t('form.location.hint')} errors={submit.of('location')} />
        <TextArea label={t('form.description')} value={draft.description} onChange={(event) => change({ description: event.target.value })} rows={4} errors={submit.of('description')} />
        <Select label={t('form.reminder')} value={draft.reminder ?? ''} onChange={(event) => change({ reminder: event.target.value === '' ? null : Number(event.target.value) })} errors={submit.of('reminder_minutes')}>
          {[...new Set([...reminders, draft.reminder])].map((minutes) => <option key={minutes ?? 'none'} value={minutes ?? ''}>{minutes === null ? t('form.reminder.none') : t('form.reminder.before', { time: duration(minutes) })}</option>)}
        </Select>
        {repeats && draft.people.length > 0 && (
          <fieldset className={css.policy} data-calm>
            <legend>{t('repeat.policy')}</legend>
            {(['dates', 'person'] as const).map((leaveOut) => (
              <label key={leaveOut}><input type="radio" name="policy" checked={left === 'skip' && draft.leaveOut === leaveOut} onChange={() => change({ policy: 'skip', leaveOut })} />{t(`repeat.policy.${leaveOut}`)}</label>
            ))}
            <label><input type="radio" name="policy" checked={left === 'allow'} onChange={() => change({ policy: 'allow' })} />{t('repeat.policy.allow')}</label>
          </fieldset>
        )}
        <div className={css.actions}>
          <Button kind="main" type="submit" busy={submit.busy} disabled={!isWhole(draft)}>{saveWord}</Button>
          <Link to={cancel}>{t('form.cancel')}</Link>
        </div>
      </div>
    </form>
  );
}

function lengthTo(draft: Draft, end: Temporal.PlainTime): string {
  const minutes = (draft.start.until(end).total('minutes') + 1440) % 1440;
  return duration(T.PlainTime.compare(end, draft.start) === 0 ? 1440 : minutes);
}

/** On which dates whoever is busy is busy: of a series that is refused, the first few. */
function clashesOf(error: ApiError | undefined, zone: string): string[] {
  const { details } = (error?.body ?? {}) as { details?: Record<string, Clash[]> };
  return Object.entries(details ?? {}).map(([who, clashes]) => t('repeat.clashes', { who, what: shortList(clashes.map((c) => range(c.start_time, c.end_time, zone))) }));
}
