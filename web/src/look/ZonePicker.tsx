import { useMemo } from 'react';
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components';
import { ChevronsUpDown } from 'lucide-react';
import { allZones, browserZone, modernName, now, offsetOf } from '../time';
import { t } from '../words';
import combo from './Combo.module.css';
import popup from './Popup.module.css';

interface Props {
  label: string;
  value: string;
  onChange: (zone: string) => void;
  hint?: string;
  errors?: readonly string[];
}

/** Every zone, found by a part of its name or its offset. */
export function ZonePicker({ label, value, onChange, hint, errors = [] }: Props) {
  const items = useMemo(() => {
    const present = now();
    const first = [...new Set([modernName(value), modernName(browserZone())])];
    return [...first, ...allZones().filter((z) => !first.includes(z))].map((zone) => ({ id: zone, name: zone.replaceAll('_', ' '), offset: offsetOf(zone, present) }));
  }, [value]);
  return (
    <ComboBox className={combo.combo ?? ''} items={items} value={modernName(value)} isInvalid={errors.length > 0}
      onChange={(key) => { if (typeof key === 'string') onChange(key); }}
      defaultFilter={(text, input) => text.toLowerCase().includes(input.trim().toLowerCase())}>
      <Label className={combo.label ?? ''}>{label}</Label>
      <div className={combo.box}>
        <Input className={combo.input ?? ''} onFocus={(event) => event.currentTarget.select()} />
        <Button className={combo.arrow ?? ''}><ChevronsUpDown size={16} aria-hidden /></Button>
      </div>
      {hint && <Text slot="description" className={combo.hint ?? ''}>{hint}</Text>}
      {errors.length > 0 && <Text slot="errorMessage" className={combo.error ?? ''}>{errors.join(' ')}</Text>}
      <Popover className={popup.popover ?? ''}>
        <ListBox className={popup.menu ?? ''} renderEmptyState={() => <p className={combo.none}>{t('zone.none')}</p>}>
          {(item: (typeof items)[number]) => <ListBoxItem className={popup.item ?? ''} textValue={`${item.name} ${item.offset}`}><span>{item.name}</span><span className="soft small">{item.offset}</span></ListBoxItem>}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
