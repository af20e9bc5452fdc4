import type { ReactNode } from 'react';
import { t } from '../words';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { FormErrors } from './Field';
import { useSubmit } from './useSubmit';
import css from './Confirm.module.css';

interface Props {
  title: string;
  text?: string;
  /** The button that does it, by its name. */
  action: string;
  danger?: boolean;
  /** It can't be done yet. */
  disabled?: boolean;
  act: (values: Record<string, string>) => Promise<unknown>;
  onClose: () => void;
  returnTo?: HTMLElement | null;
  /** What else has to be said, by the names of these fields. */
  fields?: readonly string[];
  children?: (of: (field: string) => readonly string[] | undefined) => ReactNode;
}

/** Asks before something that can't be undone. It stays open, with the server's words, if it was refused. */
export function Confirm({ title, text, action, danger, disabled, act, onClose, returnTo, fields = [], children }: Props) {
  const submit = useSubmit(async (values) => {
    await act(values);
    onClose();
  });
  return (
    <Dialog title={title} onClose={onClose} returnTo={returnTo}>
      <form className={css.form} {...submit.form}>
        {text && <p className="wrap">{text}</p>}
        <FormErrors errors={submit.besides(...fields)} />
        {children?.(submit.of)}
        <div className={css.actions}>
          <Button data-first={children ? undefined : true} onClick={onClose}>{t('confirm.no')}</Button>
          <Button kind={danger ? 'danger' : 'main'} type="submit" busy={submit.busy} disabled={disabled}>{action}</Button>
        </div>
      </form>
    </Dialog>
  );
}
