import { useMemo, useState } from 'react';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { ChevronLeft, ChevronRight, SearchX, UserPlus } from 'lucide-react';
import { freeBusy, isStranger, strangers } from '../../api/availability';
import { api } from '../../api/client';
import { ApiError } from '../../api/problems';
import { useMe } from '../../api/session';
import { Button, IconButton } from '../../look/Button';
import { Select, TextField } from '../../look/Field';
import { Badge, Card, Empty, Notice, Page, Skeleton } from '../../look/Page';
import { useAddress } from '../../look/useAddress';
import { at, clocks, date as dateText, day, duration, firstDayOfWeek, midnight, now, startOfWeek, T, today as todayIn, useZone, zoneName } from '../../time';
import { listed, locale, t } from '../../words';
import { axisOf, dayOf, place } from '../calendar/axis';
import { useSettled } from '../meetings/form/times';
import { newMeetingAddress } from '../meetings/prefill';
import { Chips } from './Chips';
import { PeopleGrid, type Person } from './PeopleGrid';
import { buffers, durations, questionQuery, ranks, readQuestion, spans, type Question } from './question';
import { hoursShown, rowsBetween, timesOf, type Cell } from './times';
import { WhyNot } from './WhyNot';
import css from './FindATime.module.css';

const most = 12;

/** Who should meet, for how long: what suits them all, best first, and why other times do not. */
export function Component() {
  const zone = useZone();
  const me = useMe();
  const navigate = useNavigate();
  const today = todayIn(now(), zone);
  const [question, show] = useAddress<Question>((query) => readQuestion(query, today), (asked) => questionQuery(asked, today));
  const ask = (change: Parameters<typeof show>[0]) => show(change, { replace: true });
  const [pointed, setPointed] = useState<Cell>();

  const all = [{ email: me.email, optional: false }, ...question.people.filter((p) => p.email !== me.email)];
  const must = all.filter((p) => !p.optional).length;
  const quorum = question.quorum && question.quorum > must && question.quorum <= all.length ? question.quorum : undefined;
  const monday = startOfWeek(question.date, firstDayOfWeek(locale()));
  const dates = Array.from({ length: 7 }, (_, n) => monday.add({ days: n }).toString()).join();
  const days = useMemo(() => dates.split(',').map((d) => dayOf(T.PlainDate.from(d), zone)), [dates, zone]);
  const axis = useMemo(() => axisOf(days), [days]);
  const from = midnight(monday, zone).toInstant(), to = midnight(monday.add({ days: 7 }), zone).toInstant();
  const unheard = useQuery(strangers(all.map((p) => p.email)));
  const asked = useQueries({ queries: all.map(({ email }) => ({ ...freeBusy(email, from.toString(), to.toString()), enabled: isStranger(unheard.data, email) === false })) });
  const people: Person[] = all.map((p, i) => {
    const known = asked[i]?.data;
    return { ...p, id: known?.user_id, name: p.email === me.email ? t('calendar.me') : p.email, times: known && timesOf(known), isUnknown: isStranger(unheard.data, p.email) === true };
  });
  const isReady = people.every((p) => p.times ?? p.isUnknown);
  const hours = hoursShown(days, axis, people.filter((p) => !p.optional).map((p) => p.times), (when, d) => place(when, d, axis));
  const rows = rowsBetween(days, axis, hours.from, hours.to);

  const wanted = useSettled({ ...question, quorum, date: question.date.toString(), required: people.filter((p) => !p.optional && !p.isUnknown).map((p) => p.email), optional: people.filter((p) => p.optional && !p.isUnknown).map((p) => p.email) });
  const windowStart = midnight(T.PlainDate.from(wanted.date), zone), start = T.Instant.compare(windowStart.toInstant(), now()) < 0 ? undefined : windowStart.toInstant().toString();
  const windowEnd = windowStart.add({ weeks: wanted.weeks }).toInstant().toString();
  const found = useQuery({
    queryKey: ['availability', 'slots', wanted, start, windowEnd],
    enabled: isReady,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api('post', '/api/scheduling/find-slots/', {
      signal, body: {
        emails: wanted.required, required: wanted.required, optional: wanted.optional, duration_minutes: wanted.minutes, step_minutes: 30, rank: wanted.rank, limit: most,
        buffer_before_minutes: wanted.before, buffer_after_minutes: wanted.after, window_start: start, window_end: windowEnd, quorum: wanted.quorum,
      },
    }),
  });
  const address = (begin: Temporal.Instant) => newMeetingAddress({ start: begin, end: begin.add({ minutes: question.minutes }), people: question.people.map((p) => p.email).filter((e) => e !== me.email) });
  const names = new Map(people.map((p) => [p.id, p.name]));
  const { unknown: outside = [], hidden = [] } = unheard.data ?? {};

  return (
    <Page title={t('find.title')} width="full">
      <div className={css.page}>
        <Card className={css.ask}>
          <Chips people={question.people} onChange={(change) => ask(({ people }) => ({ people: change(people) }))} />
          <div className={css.fields}>
            <Select label={t('find.minutes')} value={question.minutes} onChange={(e) => ask({ minutes: Number(e.target.value) })}>
              {[...new Set([...durations, question.minutes])].sort((a, b) => a - b).map((m) => <option key={m} value={m}>{duration(m)}</option>)}
            </Select>
            <Select label={t('find.rank')} value={question.rank} onChange={(e) => ask({ rank: ranks.find((r) => r === e.target.value) ?? 'earliest' })}>
              {ranks.map((r) => <option key={r} value={r}>{t(`find.rank.${r}`)}</option>)}
            </Select>
            <TextField label={t('find.from')} type="date" value={question.date.toString()} onChange={(e) => { if (e.target.value) ask({ date: T.PlainDate.from(e.target.value) }); }} />
            <Select label={t('find.weeks')} value={question.weeks} onChange={(e) => ask({ weeks: Number(e.target.value) })}>
              {[...new Set([...spans, question.weeks])].sort((a, b) => a - b).map((w) => <option key={w} value={w}>{t('find.weeks.n', { n: w })}</option>)}
            </Select>
            <Select label={t('find.before')} value={question.before} onChange={(e) => ask({ before: Number(e.target.value) })}>
              {[...new Set([...buffers, question.before])].sort((a, b) => a - b).map((m) => <option key={m} value={m}>{m === 0 ? t('find.none') : duration(m)}</option>)}
            </Select>
            <Select label={t('find.after')} value={question.after} onChange={(e) => ask({ after: Number(e.target.value) })}>
              {[...new Set([...buffers, question.after])].sort((a, b) => a - b).map((m) => <option key={m} value={m}>{m === 0 ? t('find.none') : duration(m)}</option>)}
            </Select>
            {/* Of who must come, nobody can be missing: a number is a choice only where some may be. */}
            {all.length > 2 && must < all.length && (
              <Select label={t('find.quorum')} className={css.wide} value={quorum ?? 0} onChange={(e) => ask({ quorum: Number(e.target.value) || undefined })}>
                <option value={0}>{t('find.quorum.must')}</option>
                {Array.from({ length: all.length - must }, (_, n) => must + n + 1).map((n) => <option key={n} value={n}>{t('find.quorum.n', { n, all: all.length })}</option>)}
              </Select>
            )}
          </div>
          {outside.length > 0 && <Notice tone="warn" role="status">{t('find.unknown', { who: listed(outside) })}</Notice>}
          {hidden.length > 0 && <Notice tone="warn" role="status">{t('find.hidden', { who: listed(hidden) })}</Notice>}
        </Card>

        <Card className={css.found} title={t('find.found')} actions={<span className="soft small">{zoneName(zone, from)}</span>}>
          {found.error && <Notice tone="bad" role="alert">{found.error instanceof ApiError ? found.error.besides([]).join(' ') : found.error.message}</Notice>}
          {!found.data && !found.error && <Skeleton lines={6} label={t('find.searching')} />}
          {found.data?.available_slots.length === 0 && <Empty icon={<SearchX size={26} aria-hidden />} title={t('find.nothing')}>{t('find.nothing.text')}</Empty>}
          {found.data && found.data.available_slots.length > 0 && (
            <>
              <p className="soft small" role="status">{t('find.count', { n: found.data.total_slots_found })}</p>
              <ol className={css.slots} data-stale={found.isPlaceholderData || undefined}>
                {found.data.available_slots.map((s) => {
                  const missing = (s.unavailable_user_ids ?? []).flatMap((id) => names.get(id) ?? []);
                  return (
                    <li key={s.start_time}>
                      <Link className={css.slot} to={address(T.Instant.from(s.start_time))} onPointerEnter={() => setPointed(undefined)}>
                        <span className={css.day}>{day(s.start_time, zone, at(now(), zone).year)}</span>
                        <time dateTime={s.start_time}>{clocks(s.start_time, s.end_time, zone)}</time>
                        <span className={css.marks}>
                          {missing.length > 0 ? <Badge tone="warn">{t('find.without', { who: listed(missing) })}</Badge> : <Badge tone="good">{t('find.all')}</Badge>}
                          {!!s.score && question.rank !== 'earliest' && <span className="soft small">{t(`find.score.${question.rank}`, { n: s.score })}</span>}
                        </span>
                      </Link>
                    </li>
                  );
                })}
              </ol>
            </>
          )}
        </Card>

        <Card className={css.week} title={t('find.week', { from: dateText(monday, { day: 'numeric', month: 'long' }), to: dateText(monday.add({ days: 6 }), { day: 'numeric', month: 'long', year: 'numeric' }) })}
          actions={<span className={`${css.walk} no-print`}>
            <Button size="s" onClick={() => ask({ date: today })}>{t('calendar.today')}</Button>
            <IconButton label={t('calendar.previous')} onClick={() => ask(({ date }) => ({ date: date.subtract({ days: 7 }) }))}><ChevronLeft size={18} aria-hidden /></IconButton>
            <IconButton label={t('calendar.next')} onClick={() => ask(({ date }) => ({ date: date.add({ days: 7 }) }))}><ChevronRight size={18} aria-hidden /></IconButton>
          </span>}>
          {people.length === 1 && <Notice tone="accent" icon={<UserPlus size={16} aria-hidden />}>{t('find.alone')}</Notice>}
          <PeopleGrid people={people} rows={rows} days={days} zone={zone} minutes={question.minutes} pointed={pointed} onPoint={setPointed} onChoose={(cell) => void navigate(address(cell.start))} />
          <WhyNot cell={pointed} people={people} question={question} zone={zone} address={address} />
        </Card>
      </div>
    </Page>
  );
}
