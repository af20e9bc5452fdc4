import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useMe } from '../api/session';
import { Button as Plain } from '../look/Button';
import popup from '../look/Popup.module.css';
import { ZonePicker } from '../look/ZonePicker';
import { isSwitched, placeOf, switchZone, useZone } from '../time';
import { t } from '../words';
import { ZoneName } from './ZoneName';

/** Whose clocks the times are on. Looking through other clocks lasts until the page is left; the profile says what is usual. */
export function ZoneSwitcher() {
  const zone = useZone();
  const profile = useMe().timezone;
  const switched = isSwitched();
  return (
    <DialogTrigger>
      <Button className={popup.trigger ?? ''} data-switched={switched || undefined}>
        <ZoneName />
      </Button>
      <Popover className={popup.popover ?? ''} placement="bottom end">
        <Dialog className={popup.inside ?? ''} aria-label={t('zone.title')}>
          <ZonePicker label={t('zone.label')} value={zone} onChange={switchZone} hint={t('zone.hint')} />
          {switched && <Plain onClick={() => switchZone(undefined)}>{t('zone.back', { zone: placeOf(profile) })}</Plain>}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
