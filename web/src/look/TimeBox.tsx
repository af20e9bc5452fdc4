import { useState } from 'react';
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { ChevronsUpDown } from 'lucide-react';
import { readTime, T, timeOfDay } from '../time';
import combo from './Combo.module.css';
import popup from './Popup.module.css';

interface Props {
  label: string;
  value: Temporal.PlainTime;
  onChange: (time: Temporal.PlainTime) => void;
  /** The list begins here; and what it says beside each time. */
  after?: Temporal.PlainTime;
  about?: (time: Temporal.PlainTime) => string;
  errors?: readonly string[];
}

const quarters = Array.from({ length: 96 }, (_, n) => n * 15);
const atMinute = (minute: number) => T.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 });

/** A time of day: typed in any usual way ("9", "930", "9:30 pm"), or chosen from the quarters of an hour. */
export function TimeBox({ label, value, onChange, after, about, errors = [] }: Props) {
  const shown = timeOfDay(value);
  const [text, setText] = useState(shown);
  const [known, setKnown] = useState(shown);
  if (known !== shown) {
    setKnown(shown);
    setText(shown);
  }
  const first = after ? Math.floor((after.hour * 60 + after.minute) / 15) + 1 : 0;
  const items = [...quarters.slice(first), ...quarters.slice(0, first)].map((minute) => ({ id: minute, time: atMinute(minute) }));
  const take = () => {
    const read = readTime(text);
    if (read && !read.equals(value)) onChange(read);
    setText(timeOfDay(read ?? value));
  };
  return (
    <ComboBox className={combo.combo ?? ''} items={items} inputValue={text} onInputChange={setText} value={value.minute % 15 === 0 ? value.hour * 60 + value.minute : null} menuTrigger="manual" allowsCustomValue
      isInvalid={errors.length > 0} defaultFilter={() => true} onBlur={take}
      onChange={(key) => { if (typeof key === 'number') { onChange(atMinute(key)); setText(timeOfDay(atMinute(key))); } }}>
      <Label className={combo.label ?? ''}>{label}</Label>
      <div className={combo.box}><Input className={combo.input ?? ''} inputMode="text" onFocus={(event) => event.currentTarget.select()} onKeyDown={(event) => { if (event.key === 'Enter') take(); }} /><Button className={combo.arrow ?? ''}><ChevronsUpDown size={16} aria-hidden /></Button></div>
      <Popover className={popup.popover ?? ''}>
        <ListBox className={popup.menu ?? ''}>
          {(item: (typeof items)[number]) => <ListBoxItem className={popup.item ?? ''} textValue={timeOfDay(item.time)}><span className="figures">{timeOfDay(item.time)}</span>{about && <span className="soft small">{about(item.time)}</span>}</ListBoxItem>}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
