import { useEffect, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useBlocker } from 'react-router';
import { myAvailability } from '../../api/availability';
import { api, type Schema } from '../../api/client';
import { ApiError } from '../../api/problems';
import { Button } from '../../look/Button';
import { Dialog } from '../../look/Dialog';
import { FormErrors } from '../../look/Field';
import { Card, Notice, Page, Skeleton } from '../../look/Page';
import { say } from '../../look/Toasts';
import { ZonePicker } from '../../look/ZonePicker';
import { firstDayOfWeek, sameZone } from '../../time';
import { locale, t } from '../../words';
import { Overrides } from './Overrides';
import { added, fromApi, removed, same, toApi, total, type Hours } from './paint';
import { TypedHours } from './TypedHours';
import { WeekPainter, type Brush } from './WeekPainter';
import css from './Availability.module.css';

/** When others may book one: the week, painted or typed, and single dates. */
export function Component() {
  const { data, error, isPending } = useQuery(myAvailability);
  return (
    <Page title={t('availability.title')}>
      {error && <Notice tone="bad" role="alert">{error.message}</Notice>}
      {isPending && <Card><Skeleton lines={10} label={t('availability.loading')} /></Card>}
      {data && <><Week saved={data} /><Overrides overrides={data.overrides} zone={data.timezone} /></>}
    </Page>
  );
}

/** "38.5 hours": a week has no days of work. */
function inHours(minutes: number): string {
  return new Intl.NumberFormat(locale(), { style: 'unit', unit: 'hour', unitDisplay: 'long', maximumFractionDigits: 2 }).format(minutes / 60);
}

interface Draft {
  zone: string;
  hours: readonly Hours[];
  focus: readonly Hours[];
}

function Week({ saved }: { saved: Schema['MyAvailability'] }) {
  const client = useQueryClient();
  const kept: Draft = { zone: saved.timezone, hours: fromApi(saved.weekly_hours), focus: fromApi(saved.focus_time) };
  const [draft, setDraft] = useState<Draft>();
  const [brush, setBrush] = useState<Brush>('hours');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiError>();
  const { zone, hours, focus } = draft ?? kept;
  const isChanged = draft !== undefined && !(sameZone(zone, kept.zone) && same(hours, kept.hours) && same(focus, kept.focus));
  const change = (to: Partial<Draft>) => setDraft({ zone, hours, focus, ...to });
  const firstDay = (firstDayOfWeek(locale()) + 6) % 7;
  const list = brush === 'hours' ? hours : focus;
  const put = (to: readonly Hours[]) => change({ [brush]: to });

  async function save(): Promise<boolean> {
    setBusy(true);
    setProblem(undefined);
    try {
      const answer = await api('put', '/api/availability/', { body: { timezone: zone, weekly_hours: toApi(hours), focus_time: toApi(focus) } });
      client.setQueryData(myAvailability.queryKey, answer);
      setDraft(undefined);
      say(t('availability.saved'));
      await client.invalidateQueries();
      return true;
    } catch (refused) {
      if (!(refused instanceof ApiError)) throw refused;
      setProblem(refused);
      return false;
    } finally {
      setBusy(false);
    }
  }

  return (
    <Card title={t('availability.week')} actions={<span className="soft small">{t('availability.total', { time: inHours(total(hours)) })}</span>}>
      <Unsaved isChanged={isChanged} onSave={save} />
      <FormErrors errors={problem?.besides([]) ?? []} />
      {saved.is_default && <Notice tone="accent">{t('availability.default')}</Notice>}
      <div className={css.tools}>
        <div className={css.brushes} role="group" aria-label={t('availability.brush')}>
          {(['hours', 'focus'] as const).map((b) => <button key={b} type="button" aria-pressed={b === brush} data-brush={b} onClick={() => setBrush(b)}><i />{t(`availability.${b}`)}</button>)}
        </div>
        <ZonePicker label={t('availability.zone')} value={zone} onChange={(to) => change({ zone: to })} />
      </div>
      <p className="soft small">{t(brush === 'hours' ? 'availability.hours.hint' : 'availability.focus.hint')}</p>
      <div className={css.week}>
        <WeekPainter hours={hours} focus={focus} brush={brush} firstDay={firstDay} onPaint={(area, wipe) => put(wipe ? removed(list, area) : added(list, area))} />
        <TypedHours key={brush} hours={list} label={t(`availability.${brush}`)} firstDay={firstDay} onChange={put} />
      </div>
      <div className={css.save} data-changed={isChanged || undefined}>
        <Button kind="main" busy={busy} disabled={!isChanged} onClick={() => void save()}>{t('availability.save')}</Button>
        <Button kind="quiet" disabled={!isChanged} onClick={() => setDraft(undefined)}>{t('availability.discard')}</Button>
        <span role="status" className="soft">{isChanged && t('availability.changed')}</span>
      </div>
    </Card>
  );
}

/** What was painted and not saved is not lost by a wrong click. */
function Unsaved({ isChanged, onSave }: { isChanged: boolean; onSave: () => Promise<boolean> }) {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => isChanged && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    if (!isChanged) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isChanged]);
  if (blocker.state !== 'blocked') return null;
  return (
    <Dialog title={t('availability.leave.title')} onClose={() => blocker.reset()}>
      <p>{t('availability.leave.text')}</p>
      <div className={css.actions}>
        <Button kind="main" onClick={() => void onSave().then((isSaved) => isSaved ? blocker.proceed() : blocker.reset())}>{t('availability.leave.save')}</Button>
        <Button kind="danger" onClick={() => blocker.proceed()}>{t('availability.leave.drop')}</Button>
        <Button onClick={() => blocker.reset()}>{t('availability.leave.stay')}</Button>
      </div>
    </Dialog>
  );
}
