import { useState } from 'react';
import { Repeat } from 'lucide-react';
import type { Imported, ImportItem } from '../../api/calendars';
import { Badge, Card } from '../../look/Page';
import { range, useZone } from '../../time';
import { t, word } from '../../words';
import { days } from './days';
import css from './Import.module.css';

const actions = ['create', 'update', 'unchanged', 'skip', 'refuse'] as const;
type Action = (typeof actions)[number];

const tones: Readonly<Record<string, 'good' | 'accent' | 'warn' | 'bad'>> = { create: 'good', update: 'accent', skip: 'warn', refuse: 'bad' };

/** Each thing in the file and what becomes of it. */
export function Items({ result }: { result: Imported }) {
  const zone = useZone();
  const [only, setOnly] = useState<Action>();
  const { counts, items, more } = result;
  const all = actions.reduce((sum, action) => sum + counts[action], 0);
  const present = actions.filter((action) => counts[action] > 0);
  const shown = only ? items.filter((item) => item.action === only) : items;
  return (
    <Card title={t('import.items')} tight>
      {present.length > 1 && (
        <div className={css.filter} role="group" aria-label={t('import.show')}>
          <button type="button" aria-pressed={only === undefined} onClick={() => setOnly(undefined)}>{t('import.show.all', { n: all })}</button>
          {present.map((action) => <button key={action} type="button" aria-pressed={only === action} onClick={() => setOnly(action)}>{t(`import.show.${action}`, { n: counts[action] })}</button>)}
        </div>
      )}
      <ul className={css.items} aria-label={t('import.items')}>{shown.map((item, n) => <Item key={n} item={item} zone={zone} />)}</ul>
      {more > 0 && <p className={`${css.more} soft`}>{t('import.more', { n: more })}</p>}
    </Card>
  );
}

function Item({ item, zone }: { item: ImportItem; zone: string }) {
  return (
    <li className={css.item}>
      <div className={css.what}>
        <strong className="wrap">{item.title || t('import.untitled')}</strong>
        {item.start && item.end && <span className="soft">{item.all_day ? days(item.start, item.end, item.timezone ?? zone) : range(item.start, item.end, zone)}{!item.busy && ` · ${t('import.free')}`}</span>}
        {item.repeats && <span className={`${css.repeats} soft small`}><Repeat size={13} aria-hidden />{item.repeats}</span>}
        {item.clashes > 0 && <span className={css.clash}>{t('import.clashes', { n: item.clashes })}</span>}
        {item.reason && <span className="small wrap">{item.reason}</span>}
      </div>
      <Badge tone={tones[item.action] ?? 'plain'}>{word('import', item.action)}</Badge>
    </li>
  );
}
