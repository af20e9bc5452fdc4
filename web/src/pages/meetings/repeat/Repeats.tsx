import { Repeat } from 'lucide-react';
import { t } from '../../../words';
import { seriesInWords, type SeriesPart } from './words';

/** A sign that a meeting repeats, and how. */
export function Repeats({ series, zone, brief = false }: { series: SeriesPart; zone: string; brief?: boolean }) {
  const words = seriesInWords(series, zone);
  return <><Repeat size={13} aria-hidden /><span className="unseen">{t('repeat.repeats')} </span><span className={brief ? 'unseen' : 'clip'}>{words}</span></>;
}
