import { useRef } from 'react';
import { Copy } from 'lucide-react';
import type { NewKey } from '../../../api/keys';
import { Button } from '../../../look/Button';
import { Dialog } from '../../../look/Dialog';
import { say } from '../../../look/Toasts';
import { t } from '../../../words';
import css from './ShownKey.module.css';

/** A new key, to be copied now: the server does not know it any more. */
export function ShownKey({ made, onClose }: { made: NewKey; onClose: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  async function copy() {
    try {
      await navigator.clipboard.writeText(made.key);
      say(t('keys.copied'));
    } catch {
      // Browsers let pages write to the clipboard in secure contexts only.
      field.current?.select();
      say(t('keys.selected'));
    }
  }
  return (
    <Dialog title={made.name} onClose={onClose}>
      <p>{t('keys.shown')}</p>
      <div className={css.key}>
        <input ref={field} readOnly value={made.key} aria-label={t('keys.key')} onFocus={(event) => event.target.select()} />
        <Button data-first icon={<Copy size={14} aria-hidden />} onClick={() => void copy()}>{t('keys.copy')}</Button>
      </div>
      <p className="soft small">{t('keys.how')} <code className={css.code}>Authorization: Bearer {made.key.slice(0, 4)}…</code></p>
      <div className={css.actions}><Button kind="main" onClick={onClose}>{t('keys.done')}</Button></div>
    </Dialog>
  );
}
