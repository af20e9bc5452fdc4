import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { CalendarOff, CalendarPlus, Pencil, Trash2 } from 'lucide-react';
import { api, type Schema } from '../../api/client';
import { ApiError } from '../../api/problems';
import { Button, IconButton } from '../../look/Button';
import { Badge, Card, Empty } from '../../look/Page';
import { say } from '../../look/Toasts';
import { date as dateText, T, timeOfDay } from '../../time';
import { listed, t } from '../../words';
import { OverrideDialog } from './OverrideDialog';
import css from './Availability.module.css';

export type Override = Schema['Override'];
export type OverrideKind = 'hours' | 'blocked' | 'out_of_office';

/** Single dates and absences that are not over. */
export function Overrides({ overrides, zone }: { overrides: readonly Override[]; zone: string }) {
  const client = useQueryClient();
  const [open, setOpen] = useState<{ override?: Override }>();
  async function remove(override: Override) {
    try {
      await api('delete', '/api/availability/overrides/{id}/', { path: { id: override.id } });
      await client.invalidateQueries();
      say(t('availability.override.deleted', { what: whenOf(override) }));
    } catch (error) {
      say(error instanceof ApiError ? error.detail : String(error), { bad: true });
    }
  }
  return (
    <Card title={t('availability.overrides')} actions={<Button size="s" icon={<CalendarPlus size={16} aria-hidden />} onClick={() => setOpen({})}>{t('availability.override.add')}</Button>}>
      {overrides.length === 0 && <Empty icon={<CalendarOff size={26} aria-hidden />} title={t('availability.overrides.none')}>{t('availability.overrides.none.text')}</Empty>}
      <ul className={css.list}>
        {overrides.map((o) => (
          <li key={o.id} className={css.override}>
            <div><strong>{whenOf(o)}</strong><Badge tone={o.kind === 'out_of_office' ? 'warn' : o.kind === 'hours' ? 'good' : 'plain'}>{t(`availability.kind.${o.kind as OverrideKind}`)}</Badge>{o.reason && <span className="soft wrap">{o.reason}</span>}</div>
            <div className={css.buttons}>
              <IconButton label={t('availability.override.edit', { what: whenOf(o) })} onClick={() => setOpen({ override: o })}><Pencil size={16} aria-hidden /></IconButton>
              <IconButton label={t('availability.override.delete', { what: whenOf(o) })} onClick={() => void remove(o)}><Trash2 size={16} aria-hidden /></IconButton>
            </div>
          </li>
        ))}
      </ul>
      {open && <OverrideDialog override={open.override} zone={zone} onClose={() => setOpen(undefined)} />}
    </Card>
  );
}

/** "8 Mar 2030, 14:00 – 15:00", "20 – 22 Mar 2030". */
function whenOf({ date, hours, start_time, end_time }: Override): string {
  if (date) {
    const clocks = hours?.map((h) => `${timeOfDay(T.PlainTime.from(h.start_time))} – ${timeOfDay(T.PlainTime.from(h.end_time.startsWith('24') ? '00:00' : h.end_time))}`) ?? [];
    return `${dateText(T.PlainDate.from(date))}, ${clocks.length > 0 ? listed(clocks) : t('availability.closed')}`;
  }
  const start = T.PlainDateTime.from(start_time ?? ''), end = T.PlainDateTime.from(end_time ?? '');
  const isWhole = start.toPlainTime().equals('00:00') && end.toPlainTime().equals('00:00');
  const last = isWhole ? end.subtract({ days: 1 }) : end;
  if (isWhole) return start.toPlainDate().equals(last.toPlainDate()) ? dateText(start.toPlainDate()) : `${dateText(start.toPlainDate())} – ${dateText(last.toPlainDate())}`;
  return `${dateText(start.toPlainDate())}, ${timeOfDay(start.toPlainTime())} – ${start.toPlainDate().equals(end.toPlainDate()) ? '' : `${dateText(end.toPlainDate())}, `}${timeOfDay(end.toPlainTime())}`;
}
