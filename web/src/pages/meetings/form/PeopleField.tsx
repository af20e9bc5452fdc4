import { useId, useState } from 'react';
import { X } from 'lucide-react';
import { Avatar } from '../../../look/Avatar';
import { Field } from '../../../look/Field';
import { t } from '../../../words';
import { readAddresses, withPeople, type Invitee } from './addresses';
import css from './PeopleField.module.css';

interface Props {
  people: readonly Invitee[];
  onChange: (people: Invitee[]) => void;
  busy: ReadonlySet<string>;
  errors?: readonly string[] | undefined;
}

/** Addresses, one by one or many pasted at once. */
export function PeopleField({ people, onChange, busy, errors }: Props) {
  const [text, setText] = useState('');
  const list = useId();
  const take = (typed: string) => {
    const read = readAddresses(typed);
    if (read.people.length > 0) onChange(withPeople(people, read.people));
    setText(read.rest);
  };
  return (
    <div className={css.people}>
      <Field label={t('form.people')} hint={t('form.people.hint')} errors={errors}>
        {(wiring) => (
          <input {...wiring} className={css.input} value={text} placeholder="ana@example.com" autoComplete="off" inputMode="email" aria-controls={list}
            onChange={(event) => /[,;\s]$/.test(event.target.value) ? take(event.target.value) : setText(event.target.value)}
            onPaste={(event) => { event.preventDefault(); take(`${text} ${event.clipboardData.getData('text')}`); }}
            onBlur={() => take(text)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && text.trim()) { event.preventDefault(); take(text); }
              if (event.key === 'Backspace' && text === '' && people.length > 0) onChange(people.slice(0, -1));
            }} />
        )}
      </Field>
      <ul id={list} className={css.chips} aria-label={t('form.people.invited', { n: people.length })}>
        {people.map((person) => (
          <li key={person.email} className={css.chip} data-busy={busy.has(person.email) || undefined}>
            <Avatar name={person.name} email={person.email} />
            <span className="clip">{person.name || person.email}</span>
            {busy.has(person.email) && <span className={css.mark}>{t('form.busy')}</span>}
            <button type="button" aria-label={t('form.people.remove', { who: person.name || person.email })} onClick={() => onChange(people.filter((p) => p !== person))}><X size={14} aria-hidden /></button>
          </li>
        ))}
      </ul>
    </div>
  );
}
