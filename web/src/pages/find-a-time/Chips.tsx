import { useId, useState } from 'react';
import { X } from 'lucide-react';
import { Avatar } from '../../look/Avatar';
import { TextField } from '../../look/Field';
import { t } from '../../words';
import { readAddresses } from '../meetings/form/addresses';
import type { Question } from './question';
import css from './Chips.module.css';

type People = Question['people'];

/** Addresses, one by one or many pasted at once. A press on a name says whether that person has to come. */
export function Chips({ people, onChange }: { people: People; onChange: (change: (people: People) => People) => void }) {
  const [text, setText] = useState('');
  const list = useId();
  const take = (typed: string) => {
    const read = readAddresses(typed);
    const added = [...new Set(read.people.map((p) => p.email))];
    if (added.length > 0) onChange((there) => [...there, ...added.filter((email) => !there.some((p) => p.email === email)).map((email) => ({ email, optional: false }))]);
    setText(read.rest);
  };
  return (
    <div className={css.people}>
      <TextField label={t('find.people')} hint={t('find.people.hint')} value={text} placeholder="ben@example.com, cho@example.com" autoComplete="off" inputMode="email" aria-controls={list}
        onChange={(event) => /[,;\s]$/.test(event.target.value) ? take(event.target.value) : setText(event.target.value)}
        onPaste={(event) => { event.preventDefault(); take(`${text} ${event.clipboardData.getData('text')}`); }}
        onBlur={() => take(text)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') { event.preventDefault(); take(text); }
          if (event.key === 'Backspace' && text === '' && people.length > 0) onChange((there) => there.slice(0, -1));
        }} />
      {people.length > 0 && (
        <ul id={list} className={css.chips} aria-label={t('find.people.n', { n: people.length })}>
          {people.map((person) => (
            <li key={person.email} className={css.chip} data-optional={person.optional || undefined}>
              <button type="button" className={css.name} aria-pressed={person.optional} title={t('find.people.toggle')} onClick={() => onChange((there) => there.map((p) => p.email === person.email ? { ...p, optional: !p.optional } : p))}>
                <Avatar name="" email={person.email} /><span className="clip">{person.email}</span><span className={css.mark}>{t(person.optional ? 'find.optional' : 'find.required')}</span>
              </button>
              <button type="button" className={css.remove} aria-label={t('find.people.remove', { who: person.email })} onClick={() => onChange((there) => there.filter((p) => p.email !== person.email))}><X size={14} aria-hidden /></button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
