import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { CalendarDays } from 'lucide-react';
import { meetings, type Meeting } from '../../../api/meetings';
import { useMe } from '../../../api/session';
import { useAsTheyWillBe } from '../../../api/soon';
import { ButtonLink } from '../../../look/Button';
import { Badge, Card, Skeleton } from '../../../look/Page';
import { at, clocks, day, now, useZone } from '../../../time';
import { t, word } from '../../../words';
import css from './SeriesDates.module.css';

const shown = 6;

/** The next dates of the series that a meeting is part of, and the way to all of them. */
export function SeriesDates({ meeting }: { meeting: Meeting }) {
  const zone = useZone();
  const series = meeting.series?.id ?? '';
  // As it was when the page was opened: another minute is no other question.
  const [from] = useState(() => now().toString());
  const { data } = useQuery(meetings.page({ series, from_date: from, ordering: 'start_time', page_size: shown }));
  const dates = useAsTheyWillBe(data?.results, useMe().email);
  const year = at(now(), zone).year;
  return (
    <Card title={t('repeat.dates')} actions={<ButtonLink className="no-print" size="s" to={`/dashboard/meetings?when=all&sort=start_time&series=${series}`} icon={<CalendarDays size={14} aria-hidden />}>{t('repeat.dates.all')}</ButtonLink>}>
      {!dates ? <Skeleton lines={3} label={t('list.loading')} /> : dates.length === 0 ? <p className="soft">{t('repeat.dates.none')}</p> : (
        <ul className={css.dates}>
          {dates.map((one) => (
            <li key={one.id}>
              {one.id === meeting.id ? <span className={css.here} aria-current="page">{day(one.start_time, zone, year)}</span> : <Link to={`/dashboard/meetings/${one.id}`}>{day(one.start_time, zone, year)}</Link>}
              <span className="soft">{clocks(one.start_time, one.end_time, zone)}</span>
              {one.status !== 'scheduled' ? <Badge tone={one.status === 'cancelled' ? 'bad' : 'plain'}>{word('status', one.status)}</Badge> : one.id === meeting.id && <Badge>{t('repeat.dates.this')}</Badge>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
