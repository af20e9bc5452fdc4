import { useEffect, useState } from 'react';
import { TextField } from './Field';

interface Props {
  label: string;
  hint: string;
  value: string;
  onChange: (text: string) => void;
  className?: string;
}

/** A text that is searched for. It waits until the typing pauses: not every letter is a question. */
export function Search({ label, hint, value, onChange, className }: Props) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const [asked, setAsked] = useState(value);
  if (known !== value) {
    // The address changed by itself: back, forward, clear.
    setKnown(value);
    setText(value);
    setAsked(value);
  }
  useEffect(() => {
    // Asked for once: while the address still changes, asking again would undo where somebody has gone meanwhile.
    if (text === value || text === asked) return;
    const timer = setTimeout(() => {
      setAsked(text);
      onChange(text);
    }, 250);
    return () => clearTimeout(timer);
  });
  return <TextField label={label} type="search" placeholder={hint} className={className} value={text} onChange={(event) => setText(event.target.value)} />;
}
