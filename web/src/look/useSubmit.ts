import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { ApiError } from '../api/problems';

/** Sends a form and keeps what the server says about its fields. The first field that is wrong gets the focus. */
export function useSubmit(send: (values: Record<string, string>) => Promise<unknown>) {
  const [error, setError] = useState<ApiError>();
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);

  async function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const values: Record<string, string> = {};
    for (const [name, value] of new FormData(event.currentTarget)) if (typeof value === 'string') values[name] = value;
    setBusy(true);
    setError(undefined);
    try {
      await send(values);
    } catch (problem) {
      if (!(problem instanceof ApiError)) throw problem;
      setError(problem);
    } finally {
      setBusy(false);
    }
  }

  return {
    form: { ref: form, onSubmit, noValidate: true },
    busy,
    error,
    of: (field: string) => error?.of(field),
    besides: (...shown: string[]) => error?.besides(shown) ?? [],
  };
}
