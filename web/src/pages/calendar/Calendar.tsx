import { useEffect, useMemo, useRef, useState, type TouchEvent } from 'react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { ChevronLeft, ChevronRight, FileUp, Printer } from 'lucide-react';
import { freeBusy, isStranger, myAvailability, strangers, type FreeBusy } from '../../api/availability';
import { events, repeated } from '../../api/events';
import { meetings } from '../../api/meetings';
import { useMe } from '../../api/session';
import { useAsTheyWillBe, useWaiting, willBeGone } from '../../api/soon';
import { Button, IconButton } from '../../look/Button';
import { Notice, Skeleton, useTitle } from '../../look/Page';
import { useAddress } from '../../look/useAddress';
import { useShortcuts } from '../../shell/shortcuts';
import { date as dateText, firstDayOfWeek, isSwitched, isZone, midnight, now, range, switchZone, today as todayIn, useZone, viewerZone } from '../../time';
import { locale, t } from '../../words';
import { editAddress } from '../meetings/prefill';
import { RefusedDialog } from '../meetings/RefusedDialog';
import { daysShown, further, readShown, shownQuery, views, type Shown } from './address';
import { Agenda } from './Agenda';
import { axisOf, dayOf } from './axis';
import { CollisionDialog } from './CollisionDialog';
import { CreateDialog } from './CreateDialog';
import { EntryDialog } from './EntryDialog';
import { eventEntry, meetingEntry, ruleEntry, type Entry } from './entries';
import { Month } from './Month';
import { Beside, SecondZone } from './Options';
import { rulesBetween, type Range } from './rules';
import { TimeGrid, type Column } from './TimeGrid';
import { useMoves } from './useMoves';
import css from './Calendar.module.css';

const cap = 500;

/** One's time: month, week, day, agenda. What it shows is in the address. */
export function Component() {
  const zone = useZone();
  const me = useMe();
  const navigate = useNavigate();
  const today = todayIn(now(), zone);
  const [shown, show] = useAddress<Shown>((query) => readShown(query, today, window.innerWidth <= 720 ? 'agenda' : 'week'), (wanted) => shownQuery(wanted, isSwitched() ? viewerZone() : undefined));
  const { view, date, people, also } = shown;
  const [opened, setOpened] = useState<string>();
  const [creating, setCreating] = useState<{ range: Range; who?: string | undefined }>();
  const moves = useMoves();
  useTitle(t('calendar.title'));
  useZoneOfAddress(() => show({}, { replace: true }));
  const walk = (steps: 1 | -1) => show((from) => ({ date: further(from, steps) }));
  useShortcuts({ t: () => show({ date: today }), 1: () => show({ view: 'month' }), 2: () => show({ view: 'week' }), 3: () => show({ view: 'day' }), 4: () => show({ view: 'agenda' }) }, true);
  // What has the focus has the arrows first.
  useShortcuts({ ArrowLeft: () => walk(-1), ArrowRight: () => walk(1) });

  const { first, end } = daysShown(shown, firstDayOfWeek(locale()));
  const from = midnight(first, zone).toInstant(), to = midnight(end, zone).toInstant();
  const mine = useQuery(meetings.overlapping(from.toString(), to.toString()));
  const own = useQuery(events.overlapping(from.toString(), to.toString()));
  const rules = useQuery(myAvailability);
  const unheard = useQuery(strangers(people));
  const asked = useQueries({ queries: people.map((email) => ({ ...freeBusy(email, from.toString(), to.toString()), enabled: isStranger(unheard.data, email) === false })) });
  const others = new Map<string, FreeBusy | undefined>(people.map((email, i) => [email, asked[i]?.data]));
  const { unknown = [], hidden = [] } = unheard.data ?? {};
  const waits = useWaiting();
  const shownMeetings = useAsTheyWillBe(mine.data, me.email);

  const all: Entry[] = [...shownMeetings?.map((m) => meetingEntry(m, me.email)) ?? [], ...own.data?.filter((e) => !willBeGone(repeated(e), waits)).map(eventEntry) ?? []].map(moves.at);
  const ruled = useMemo(() => rules.data ? rulesBetween(rules.data, from, to) : { open: [], blocks: [] }, [rules.data, from.epochMilliseconds, to.epochMilliseconds]); // eslint-disable-line react-hooks/exhaustive-deps -- instants are equal by value
  const entry = all.find((e) => e.key === opened);
  const create = (wanted: Range, who?: string) => setCreating({ range: wanted, who });
  const days = Array.from({ length: view === 'week' ? 7 : 1 }, (_, n) => dayOf(first.add({ days: n }), zone));
  const columns: Column[] = view === 'day' && days[0] ? [{ key: 'me', day: days[0] }, ...people.map((who) => ({ key: who, day: days[0] ?? dayOf(date, zone), who }))] : days.map((day) => ({ key: day.date.toString(), day }));

  const swipe = useSwipe(walk);
  return (
    <div className={css.page} data-view={view}>
      <header className={css.bar}>
        <h1 aria-live="polite">{titleOf(shown, first, end)}</h1>
        <div className={`${css.tools} no-print`}>
          <div className={css.walk}>
            <Button size="s" onClick={() => show({ date: today })}>{t('calendar.today')}</Button>
            <IconButton label={t('calendar.previous')} onClick={() => walk(-1)}><ChevronLeft size={18} aria-hidden /></IconButton>
            <IconButton label={t('calendar.next')} onClick={() => walk(1)}><ChevronRight size={18} aria-hidden /></IconButton>
          </div>
          <div className={css.views} role="group" aria-label={t('calendar.view')}>
            {views.map((v) => <button key={v} type="button" aria-pressed={v === view} onClick={() => show({ view: v })}>{t(`calendar.${v}`)}</button>)}
          </div>
          <div className={css.options}>
            <Beside people={people} onChange={(change) => show((from) => ({ people: change(from.people), view: from.view === 'month' || from.view === 'agenda' ? 'day' : from.view }))} />
            <SecondZone zone={also} onChange={(z) => show({ also: z })} />
            <IconButton label={t('calendars.import')} onClick={() => void navigate('/dashboard/import')}><FileUp size={18} aria-hidden /></IconButton>
            <IconButton label={t('calendar.print')} className={css.print} onClick={() => window.print()}><Printer size={18} aria-hidden /></IconButton>
          </div>
        </div>
      </header>
      {mine.error && <Notice tone="bad" role="alert">{mine.error.message}</Notice>}
      {unknown.map((who) => <Notice key={who} tone="warn" role="status">{t('calendar.people.unknown', { who })}</Notice>)}
      {hidden.map((who) => <Notice key={who} tone="warn" role="status">{t('calendar.people.hidden', { who })}</Notice>)}
      {(mine.data?.length === cap || own.data?.length === cap) && <Notice tone="warn">{t('calendar.capped')}</Notice>}
      <div className={css.content} onTouchStart={swipe.start} onTouchEnd={swipe.end}>
        {mine.isPending ? <Skeleton lines={10} label={t('calendar.loading')} />
          : view === 'agenda' ? <Agenda entries={[...all, ...ruled.blocks.filter((b) => b.kind === 'away').map(ruleEntry)]} first={first} end={end} zone={zone} onOpen={(e) => setOpened(e.key)} />
            : view === 'month' ? <Month entries={all} blocks={ruled.blocks} first={first} end={end} month={date.month} zone={zone} today={today} onOpen={(e) => setOpened(e.key)} onMove={(e, r) => void moves.move(e, r)} onDay={(d) => show({ date: d, view: 'day' })} onEdge={(d) => show({ date: d })} />
              : <TimeGrid key={view} columns={columns} axis={axisOf(days)} zone={zone} also={also} entries={all} open={ruled.open} blocks={ruled.blocks} others={others}
                onDay={(d) => show({ date: d, view: 'day' })} onOpen={(e) => setOpened(e.key)} onCreate={create} onMove={(e, r) => void moves.move(e, r)} onEdge={walk} />}
      </div>
      {creating && <CreateDialog {...creating} zone={zone} people={people} onClose={() => setCreating(undefined)} onMeeting={(address) => void navigate(address)} />}
      {entry && <EntryDialog key={entry.key} entry={entry} zone={zone} onClose={() => setOpened(undefined)} onMove={(r, title) => void moves.move({ ...entry, title }, r)} />}
      {moves.refused && <RefusedDialog text={t('calendar.refused', { title: moves.refused.entry.title, when: range(moves.refused.wanted.start, moves.refused.wanted.end, zone) })} reasons={moves.refused.reasons}
        find={moves.refused.entry.meeting && editAddress(moves.refused.entry.meeting.id, moves.refused.wanted)} onAnswer={moves.answer} />}
      {moves.collision && <CollisionDialog collision={moves.collision} zone={zone} onSettle={moves.settle} />}
    </div>
  );
}

function titleOf({ view, date }: Shown, first: Temporal.PlainDate, end: Temporal.PlainDate): string {
  if (view === 'month') return dateText(date, { month: 'long', year: 'numeric' });
  if (view === 'day') return dateText(date, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const last = end.subtract({ days: 1 });
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' };
  return new Intl.DateTimeFormat(locale(), options).formatRange(first.toZonedDateTime('UTC').epochMilliseconds, last.toZonedDateTime('UTC').epochMilliseconds);
}

/** A zone in the address is looked through; one that is switched to afterwards goes into the address. */
function useZoneOfAddress(write: () => void) {
  const zone = useZone();
  const read = useRef(false);
  useEffect(() => {
    const given = new URLSearchParams(window.location.search).get('zone');
    if (!read.current) {
      read.current = true;
      if (given && isZone(given)) {
        switchZone(given);
        return;
      }
    }
    const wanted = isSwitched() ? viewerZone() : null;
    if (wanted !== given) write();
  }, [zone]); // eslint-disable-line react-hooks/exhaustive-deps -- it follows the zone alone
}

/** A finger that goes far to the side turns the page. */
function useSwipe(walk: (steps: 1 | -1) => void) {
  const begun = useRef<{ x: number; y: number } | undefined>(undefined);
  return {
    start: (event: TouchEvent) => {
      const touch = event.touches.length === 1 ? event.touches[0] : undefined;
      begun.current = touch && { x: touch.clientX, y: touch.clientY };
    },
    end: (event: TouchEvent) => {
      const touch = event.changedTouches[0];
      if (!begun.current || !touch) return;
      const x = touch.clientX - begun.current.x, y = touch.clientY - begun.current.y;
      begun.current = undefined;
      // What was prevented was a drag.
      if (!event.defaultPrevented && Math.abs(x) > 70 && Math.abs(y) < 40) walk(x < 0 ? 1 : -1);
    },
  };
}
