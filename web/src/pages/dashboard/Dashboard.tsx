import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Coffee, Inbox, TriangleAlert } from 'lucide-react';
import { meetings, type MeetingItem } from '../../api/meetings';
import { nameOf, useMe } from '../../api/session';
import { useAsTheyWillBe } from '../../api/soon';
import { Card, Empty, Notice, Page, Skeleton } from '../../look/Page';
import { at, clocks, day, fromNow, instant, longDay, midnight, now as present, startOfWeek, T, useNow, useZone, firstDayOfWeek } from '../../time';
import { locale, t } from '../../words';
import { Answers } from '../meetings/Answers';
import { MeetingRow } from '../meetings/MeetingRow';
import { Repeats } from '../meetings/repeat/Repeats';
import { nextUp, ofDay, overlaps, pending } from './agenda';
import { Proposed } from './Proposed';
import { Week } from './Week';
import css from './Dashboard.module.css';

// Invitations farther away can wait; they are in the list of meetings.
const weeksAhead = 8;

export function Component() {
  const now = useNow();
  const zone = useZone();
  const account = useMe();
  const today = at(now, zone).toPlainDate();
  const week = startOfWeek(today, firstDayOfWeek(locale()));
  const from = midnight(week, zone).toInstant().toString(), to = midnight(week.add({ weeks: weeksAhead }), zone).toInstant().toString();
  const { data, error } = useQuery(meetings.between(from, to));
  const all = useAsTheyWillBe(data, account.email);
  const hour = at(now, zone).hour;
  const greeting = hour < 12 ? 'dashboard.morning' : hour < 18 ? 'dashboard.day' : 'dashboard.evening';
  return (
    <Page title={t(greeting, { name: account.first_name || nameOf(account) })}>
      <p className={`${css.date} soft`}>{longDay(now, zone)}</p>
      {error && <Notice tone="bad" role="alert">{error.message}</Notice>}
      {!all ? !error && <Card><Skeleton lines={6} label={t('list.loading')} /></Card> : <Overview all={all} today={today} week={week} now={now} zone={zone} />}
    </Page>
  );
}

function Overview({ all, today, week, now, zone }: { all: MeetingItem[]; today: Temporal.PlainDate; week: Temporal.PlainDate; now: Temporal.Instant; zone: string }) {
  const { email } = useMe();
  const next = nextUp(all, email, now);
  const planned = ofDay(all, email, today, zone);
  const asked = pending(all, email, now);
  const clashes = overlaps(all, email, now);
  return (
    <div className={css.columns}>
      <div className={css.column}>
        {next && <NextUp meeting={next} now={now} zone={zone} />}
        <Card title={t('dashboard.today')} tight>
          {planned.length === 0 ? <Empty icon={<Coffee size={26} aria-hidden />} title={t('dashboard.free')}>{next ? t('dashboard.free.next', { day: day(next.start_time, zone, today.year) }) : t('dashboard.free.none')}</Empty>
            : <ul>{planned.map((meeting) => <MeetingRow key={meeting.id} meeting={meeting} withDay={false} />)}</ul>}
        </Card>
        {clashes.length > 0 && (
          <Card title={t('dashboard.conflicts', { n: clashes.length })}>
            <ul className={css.clashes}>
              {clashes.slice(0, 5).map(([a, b]) => (
                <li key={a.id + b.id}>
                  <TriangleAlert size={16} aria-hidden />
                  <span><Link to={`/dashboard/meetings/${a.id}`}>{a.title}</Link> {t('dashboard.and')} <Link to={`/dashboard/meetings/${b.id}`}>{b.title}</Link><span className="soft"> · {day(b.start_time, zone, today.year)}, {clocks(b.start_time, b.end_time, zone)}</span></span>
                </li>
              ))}
            </ul>
          </Card>
        )}
      </div>
      <div className={css.column}>
        <Proposed />
        <Card title={t('dashboard.invitations', { n: asked.length })}>
          {asked.length === 0 ? <Empty icon={<Inbox size={26} aria-hidden />} title={t('dashboard.invitations.none')}>{t('dashboard.invitations.text')}</Empty> : (
            <ul className={css.asked}>
              {asked.slice(0, 6).map((meeting) => (
                <li key={meeting.id}>
                  <div><Link to={`/dashboard/meetings/${meeting.id}`} className={css.name}>{meeting.title}</Link><p className="soft small">{day(meeting.start_time, zone, today.year)}, {clocks(meeting.start_time, meeting.end_time, zone)} · {t('dashboard.from', { who: meeting.created_by_email })}{meeting.series && <span className={css.repeats}><Repeats series={meeting.series} zone={meeting.timezone} /></span>}</p></div>
                  <Answers meeting={meeting} />
                </li>
              ))}
            </ul>
          )}
        </Card>
        <Card title={t('dashboard.week')}><Week all={all} week={week} today={today} zone={zone} /></Card>
      </div>
    </div>
  );
}

function NextUp({ meeting, now, zone }: { meeting: MeetingItem; now: Temporal.Instant; zone: string }) {
  const isOn = T.Instant.compare(instant(meeting.start_time), now) <= 0;
  const soonish = instant(meeting.start_time).epochMilliseconds - present().epochMilliseconds < 15 * 60_000;
  return (
    <section className={css.next} data-soon={soonish || undefined} aria-label={t('dashboard.next')}>
      <span className={css.when}>{isOn ? t('dashboard.now', { end: fromNow(meeting.end_time, now) }) : t('dashboard.starts', { when: fromNow(meeting.start_time, now) })}</span>
      <Link to={`/dashboard/meetings/${meeting.id}`} className={css.nextTitle}>{meeting.title}</Link>
      <span className={css.nextAbout}><time dateTime={meeting.start_time}>{day(meeting.start_time, zone, at(now, zone).year)}, {clocks(meeting.start_time, meeting.end_time, zone)}</time>{meeting.location && ` · ${meeting.location}`}{meeting.series && <> <Repeats series={meeting.series} zone={meeting.timezone} brief /></>}</span>
    </section>
  );
}
