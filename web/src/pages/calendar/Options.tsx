import { useId, useState, type ReactNode } from 'react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { Clock4, Users, X } from 'lucide-react';
import { Button as Plain } from '../../look/Button';
import { TextField } from '../../look/Field';
import popup from '../../look/Popup.module.css';
import { ZonePicker } from '../../look/ZonePicker';
import { placeOf, viewerZone } from '../../time';
import { t } from '../../words';
import { readAddresses } from '../meetings/form/addresses';
import css from './Options.module.css';

function Option({ icon, name, label, children }: { icon: ReactNode; name: string; label: string; children: ReactNode }) {
  return (
    <DialogTrigger>
      <Button className={`${popup.trigger ?? ''} ${css.option ?? ''}`} aria-label={label}>{icon}<span>{name}</span></Button>
      <Popover className={popup.popover ?? ''} placement="bottom end">
        <Dialog className={popup.inside ?? ''} aria-label={label}>{children}</Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** Whose free and busy time stands beside one's own. */
export function Beside({ people, onChange }: { people: readonly string[]; onChange: (change: (people: readonly string[]) => string[]) => void }) {
  const [text, setText] = useState('');
  const list = useId();
  const take = (typed: string) => {
    const read = readAddresses(typed);
    if (read.people.length > 0) onChange((there) => [...new Set([...there, ...read.people.map((p) => p.email)])]);
    setText(read.rest);
  };
  return (
    <Option icon={<Users size={16} aria-hidden />} name={people.length > 0 ? String(people.length) : t('calendar.people')} label={people.length > 0 ? t('calendar.people.n', { n: people.length }) : t('calendar.people')}>
      <form onSubmit={(event) => { event.preventDefault(); take(text); }}>
        <TextField label={t('calendar.people.label')} hint={t('calendar.people.hint')} value={text} autoComplete="off" inputMode="email" placeholder="ben@example.com"
          onChange={(event) => /[,;\s]$/.test(event.target.value) ? take(event.target.value) : setText(event.target.value)} />
      </form>
      {people.length > 0 && (
        <ul id={list} className={css.people}>
          {people.map((who, n) => (
            <li key={who}><i data-n={n % 6} /><span className="clip">{who}</span><button type="button" aria-label={t('calendar.people.remove', { who })} onClick={() => onChange((there) => there.filter((p) => p !== who))}><X size={14} aria-hidden /></button></li>
          ))}
        </ul>
      )}
    </Option>
  );
}

export function SecondZone({ zone, onChange }: { zone: string | undefined; onChange: (zone: string | undefined) => void }) {
  return (
    <Option icon={<Clock4 size={16} aria-hidden />} name={zone ? placeOf(zone) : t('calendar.also')} label={zone ? `${t('calendar.also')}: ${placeOf(zone)}` : t('calendar.also')}>
      <ZonePicker label={t('calendar.also.label')} value={zone ?? viewerZone()} onChange={onChange} />
      {zone && <Plain onClick={() => onChange(undefined)}>{t('calendar.also.none')}</Plain>}
    </Option>
  );
}
