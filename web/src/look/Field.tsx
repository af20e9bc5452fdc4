import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes } from 'react';
import { classes } from './classes';
import css from './Field.module.css';

interface Around {
  label: ReactNode;
  hint?: ReactNode;
  /** What the server says about it, in its words. */
  errors?: readonly string[] | undefined;
  className?: string;
}

interface Wiring {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

/** A label, what it is for, and what is wrong with it. */
export function Field({ label, hint, errors = [], className, children }: Around & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const described = [hint !== undefined && `${id}-hint`, errors.length > 0 && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <div className={classes(css.field, className)}>
      <label className={css.label} htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': errors.length > 0 || undefined })}
      {hint !== undefined && <p id={`${id}-hint`} className={css.hint}>{hint}</p>}
      {errors.length > 0 && <div id={`${id}-error`} className={css.error}>{errors.map((e) => <p key={e}>{e}</p>)}</div>}
    </div>
  );
}

export function TextField({ label, hint, errors, className, ...input }: Around & InputHTMLAttributes<HTMLInputElement>) {
  return <Field {...{ label, hint, errors, className }}>{(wiring) => <input className={css.input} {...wiring} {...input} id={wiring.id} />}</Field>;
}

export function TextArea({ label, hint, errors, className, ...area }: Around & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return <Field {...{ label, hint, errors, className }}>{(wiring) => <textarea className={css.input} rows={3} {...wiring} {...area} id={wiring.id} />}</Field>;
}

export function Select({ label, hint, errors, className, children, ...select }: Around & SelectHTMLAttributes<HTMLSelectElement>) {
  return <Field {...{ label, hint, errors, className }}>{(wiring) => <select className={css.input} {...wiring} {...select} id={wiring.id}>{children}</select>}</Field>;
}

/** What is wrong with the form as a whole. It is read out when it appears. */
export function FormErrors({ errors }: { errors: readonly string[] }) {
  return <div role="alert" className={css.alert}>{errors.length > 0 && <div className={css.form}>{errors.map((e) => <p key={e}>{e}</p>)}</div>}</div>;
}
