import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { TriangleAlert } from 'lucide-react';
import { useMe } from '../../../api/session';
import { Button } from '../../../look/Button';
import { FormErrors, Select, TextArea, TextField } from '../../../look/Field';
import { Card, Notice } from '../../../look/Page';
import { TimeBox } from '../../../look/TimeBox';
import { useSubmit } from '../../../look/useSubmit';
import { ZonePicker } from '../../../look/ZonePicker';
import { clock, duration, elsewhere, now, placeOf, sameZone, T, useZone, zoneName } from '../../../time';
import { t } from '../../../words';
import { timesOf, whenOf, withEnd, withStart, type Draft, type Times } from './draft';
import { PeopleField } from './PeopleField';
import { Together } from './Together';
import { questionOf, useConflicts, useSettled } from './times';
import css from './MeetingForm.module.css';

interface Props {
  initial: Draft;
  /** What stands above the fields. */
  children?: ReactNode;
  /** The meeting that is edited: it never clashes with itself. */
  meetingId?: string;
  /** Someone else's meeting, that I may edit as a cohost. */
  host?: { email: string; name: string };
  save: (draft: Draft, times: Times) => Promise<unknown>;
  cancel: string;
  saveWord: string;
}

const reminders = [null, 5, 10, 15, 30, 60, 120, 1440];

export function MeetingForm({ initial, meetingId, host, save, cancel, saveWord, children }: Props) {
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
  const submit = useSubmit(async () => {
    if (times) await save(draft, times);
  });
  const overDays = times !== undefined && !times.start.zoned.toPlainDate().equals(times.end.zoned.toPlainDate());

  return (
    <form className={css.form} {...submit.form}>
      <div className={css.fields}>
        {children}
        <FormErrors errors={submit.besides('title', 'start_time', 'end_time', 'timezone', 'participants', 'location', 'description', 'reminder_minutes', 'conflict', 'details').concat(submit.of('conflict') ?? [])} />
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
        <PeopleField people={draft.people} onChange={(people) => change({ people })} busy={busy} errors={submit.of('participants')} />
      </div>
      <div className={css.rest}>
        <TextField label={t('form.location')} value={draft.location} onChange={(event) => change({ location: event.target.value })} placeholder={t('form.location.hint')} errors={submit.of('location')} />
        <TextArea label={t('form.description')} value={draft.description} onChange={(event) => change({ description: event.target.value })} rows={4} errors={submit.of('description')} />
        <Select label={t('form.reminder')} value={draft.reminder ?? ''} onChange={(event) => change({ reminder: event.target.value === '' ? null : Number(event.target.value) })} errors={submit.of('reminder_minutes')}>
          {[...new Set([...reminders, draft.reminder])].map((minutes) => <option key={minutes ?? 'none'} value={minutes ?? ''}>{minutes === null ? t('form.reminder.none') : t('form.reminder.before', { time: duration(minutes) })}</option>)}
        </Select>
        {invitedBusy.length > 0 && (
          <fieldset className={css.policy}>
            <legend>{t('form.policy', { n: invitedBusy.length })}</legend>
            {(['skip', 'allow'] as const).map((policy) => (
              <label key={policy}><input type="radio" name="policy" checked={(draft.policy ?? (meetingId ? undefined : 'skip')) === policy} onChange={() => change({ policy })} />{t(`form.policy.${policy}`)}</label>
            ))}
          </fieldset>
        )}
        <div className={css.actions}>
          <Button kind="main" type="submit" busy={submit.busy} disabled={!times}>{saveWord}</Button>
          <Link to={cancel}>{t('form.cancel')}</Link>
        </div>
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
        <Together draft={draft} times={times} organizer={organizer} busy={busy} question={question}
          onChoose={(start, end) => change(timesOf(start, end, draft.zone))} />
      </Card>
    </form>
  );
}

function lengthTo(draft: Draft, end: Temporal.PlainTime): string {
  const minutes = (draft.start.until(end).total('minutes') + 1440) % 1440;
  return duration(T.PlainTime.compare(end, draft.start) === 0 ? 1440 : minutes);
}
