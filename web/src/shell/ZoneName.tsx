import { Globe } from 'lucide-react';
import { offsetOf, placeOf, useNow, useZone } from '../time';
import { t } from '../words';
import css from './ZoneName.module.css';

export function ZoneName() {
  const zone = useZone();
  const now = useNow();
  return <><Globe size={16} aria-hidden /><span className="unseen">{t('zone.button')} </span><span className="clip">{placeOf(zone)}</span> <span className={css.offset}>{offsetOf(zone, now)}</span></>;
}
