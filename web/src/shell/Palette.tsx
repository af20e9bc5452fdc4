import { useDeferredValue, useId, useState, type KeyboardEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { CalendarDays, CircleHelp, FileUp, Moon, Plus, Search, Settings2, ShieldCheck, Sun } from 'lucide-react';
import { meetings } from '../api/meetings';
import { Dialog } from '../look/Dialog';
import { chooseTheme } from '../look/theme';
import { classes } from '../look/classes';
import { range } from '../time';
import { t } from '../words';
import { usePlaces } from './places';
import css from './Palette.module.css';

interface Entry {
  id: string;
  name: string;
  about?: string;
  icon: typeof Plus;
  act: () => void;
}

/** Everything by a few letters: places, actions, and meetings as they are typed. */
export default function Palette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const navigate = useNavigate();
  const places = usePlaces();
  const id = useId();
  const wanted = useDeferredValue(text.trim());
  const found = useQuery({ ...meetings.page({ search: wanted, ordering: '-start_time', page_size: 8 }), enabled: wanted.length > 1 });

  const go = (to: string) => () => { onClose(); void navigate(to); };
  const entries: Entry[] = [
    { id: 'create', name: t('nav.create'), icon: Plus, act: go('/dashboard/meetings/new') },
    ...places.map((p) => ({ id: p.to, name: t(p.name), icon: p.icon, act: go(p.to) })),
    { id: 'calendars', name: t('calendars.title'), icon: Settings2, act: go('/dashboard/settings/calendars') },
    { id: 'security', name: t('security.title'), icon: ShieldCheck, act: go('/dashboard/settings/security') },
    { id: 'import', name: t('calendars.import'), icon: FileUp, act: go('/dashboard/import') },
    { id: 'help', name: t('help.title'), icon: CircleHelp, act: onHelp },
    { id: 'light', name: t('palette.light'), icon: Sun, act: () => { chooseTheme('light'); onClose(); } },
    { id: 'dark', name: t('palette.dark'), icon: Moon, act: () => { chooseTheme('dark'); onClose(); } },
  ].filter((entry) => entry.name.toLowerCase().includes(wanted.toLowerCase()));
  if (wanted.length > 1) {
    for (const meeting of found.data?.results ?? [])
      entries.push({ id: meeting.id, name: meeting.title, about: range(meeting.start_time, meeting.end_time), icon: CalendarDays, act: go(`/dashboard/meetings/${meeting.id}`) });
  }
  const at = Math.min(chosen, entries.length - 1);

  function pressed(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && entries.length > 0) {
      event.preventDefault();
      const next = (at + step + entries.length) % entries.length;
      setChosen(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      entries[at]?.act();
    }
  }

  return (
    <Dialog title={t('palette.title')} onClose={onClose} wide>
      <div className={css.box}>
        <Search size={18} aria-hidden />
        <input data-first role="combobox" aria-expanded aria-controls={id} aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined} aria-label={t('palette.label')} placeholder={t('palette.label')}
          value={text} onChange={(event) => { setText(event.target.value); setChosen(0); }} onKeyDown={pressed} />
      </div>
      <div id={id} className={css.list} role="listbox" aria-label={t('palette.title')}>
        {entries.map((entry, n) => (
          // The arrows and Enter of the text box choose; the pointer is a second way.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <div key={entry.id} id={`${id}-${n}`} role="option" aria-selected={n === at} tabIndex={-1} className={classes(css.entry, n === at && css.at)} onClick={entry.act} onPointerMove={() => setChosen(n)}>
            <entry.icon size={16} aria-hidden /><span className="clip">{entry.name}</span>{entry.about && <span className={css.about}>{entry.about}</span>}
          </div>
        ))}
      </div>
      {entries.length === 0 && <p className="soft">{t('palette.none')}</p>}
    </Dialog>
  );
}
