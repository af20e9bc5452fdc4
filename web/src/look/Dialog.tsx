import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { X } from 'lucide-react';
import { t } from '../words';
import { IconButton } from './Button';
import css from './Dialog.module.css';

/** The browser's own modal dialog: it keeps the focus, Escape closes it, and what is behind it can't be reached. What has `data-first` gets the focus. Afterwards it goes back to where it was, or `returnTo` where that is gone, as an item of a menu is. */
export function Dialog({ title, onClose, children, wide, returnTo }: { title: string; onClose: () => void; children: ReactNode; wide?: boolean; returnTo?: HTMLElement | null }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Not useEffect: it would close what is not in the page any more, and the browser would not give the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    shown?.querySelector<HTMLElement>('[data-first]')?.focus();
    return () => {
      shown?.close();
      returnTo?.focus();
    };
  }, [returnTo]);
  return (
    // A click on the backdrop is a click on the dialog itself; the keyboard has Escape.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog ref={dialog} className={css.dialog} data-wide={wide} aria-labelledby={id} onCancel={(event) => { event.preventDefault(); onClose(); }}
      onClick={(event) => { if (event.target === dialog.current) onClose(); }}>
      <div className={css.inside}>
        <header className={css.head}>
          <h2 id={id}>{title}</h2>
          <IconButton label={t('dialog.close')} onClick={onClose}><X size={18} aria-hidden /></IconButton>
        </header>
        {children}
      </div>
    </dialog>
  );
}
