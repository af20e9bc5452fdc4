import { useRef } from 'react';
import { Copy } from 'lucide-react';
import { Button } from '../../../look/Button';
import { Dialog } from '../../../look/Dialog';
import { say } from '../../../look/Toasts';
import { t } from '../../../words';
import css from './WaysIn.module.css';

/** Shown once, to be kept on paper. */
export function RecoveryCodes({ codes, onClose, returnTo }: { codes: readonly string[]; onClose: () => void; returnTo?: HTMLElement }) {
  const list = useRef<HTMLUListElement>(null);
  async function copy() {
    try {
      await navigator.clipboard.writeText(codes.join('\n'));
      say(t('factor.codes.copied'));
    } catch {
      // Browsers let pages write to the clipboard in secure contexts only.
      if (list.current) getSelection()?.selectAllChildren(list.current);
    }
  }
  return (
    <Dialog title={t('factor.codes.title')} onClose={onClose} returnTo={returnTo}>
      <p>{t('factor.codes.text')}</p>
      <ul ref={list} className={css.codes}>{codes.map((code) => <li key={code}>{code}</li>)}</ul>
      <div className={css.actions}>
        <Button icon={<Copy size={16} aria-hidden />} onClick={() => void copy()}>{t('factor.codes.copy')}</Button>
        <Button data-first kind="main" onClick={onClose}>{t('factor.codes.kept')}</Button>
      </div>
    </Dialog>
  );
}
