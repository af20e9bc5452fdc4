import { useSyncExternalStore } from 'react';
import { X } from 'lucide-react';
import { t } from '../words';
import { Button, IconButton } from './Button';
import css from './Toasts.module.css';

interface Toast {
  id: number;
  text: string;
  bad: boolean;
  undo?: (() => void) | undefined;
}

let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function change(to: readonly Toast[]) {
  toasts = to;
  for (const listener of listeners) listener();
}

export function dismiss(id: number) {
  change(toasts.filter((toast) => toast.id !== id));
}

/** Says something in a corner for a while. With `undo`, as long as it can be undone. */
export function say(text: string, options: { bad?: boolean; undo?: () => void; seconds?: number } = {}): number {
  const id = ++last;
  change([...toasts.slice(-3), { id, text, bad: options.bad ?? false, undo: options.undo }]);
  setTimeout(() => dismiss(id), (options.seconds ?? (options.bad ? 10 : 5)) * 1000);
  return id;
}

export function Toasts() {
  const shown = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => toasts);
  return (
    <section className={`${css.toasts} no-print`} aria-label={t('toasts.label')}>
      <div role="status" aria-live="polite">
        {shown.map((toast) => (
          <div key={toast.id} className={css.toast} data-bad={toast.bad || undefined}>
            <span className="wrap">{toast.text}</span>
            {toast.undo && <Button kind="quiet" size="s" className={css.undo} onClick={() => { toast.undo?.(); dismiss(toast.id); }}>{t('toasts.undo')}</Button>}
            <IconButton className={css.close} label={t('toasts.close')} onClick={() => dismiss(toast.id)}><X size={16} aria-hidden /></IconButton>
          </div>
        ))}
      </div>
    </section>
  );
}
