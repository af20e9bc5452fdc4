import { read, signedOut } from './client';
import { ApiError } from './problems';

interface Options {
  /** Told how many bytes came so far: the length of what is made while it is sent is not known before. */
  onProgress: (bytes: number) => void;
  signal: AbortSignal;
}

/** Fetches a file and tells how far it is. Errors are those of `api`. */
export async function download(path: string, { onProgress, signal }: Options): Promise<{ file: Blob; name: string }> {
  let response: Response;
  try {
    response = await fetch(path, { signal, credentials: 'same-origin' });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ApiError(0, undefined);
  }
  if (response.status === 401) signedOut.dispatchEvent(new Event('out'));
  if (!response.ok) throw new ApiError(response.status, read(await response.text(), response.headers.get('Content-Type')));
  const type = response.headers.get('Content-Type') ?? '';
  const parts: BlobPart[] = [];
  let bytes = 0;
  try {
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      parts.push(part.value);
      bytes += part.value.byteLength;
      onProgress(bytes);
    }
  } catch (error) {
    // What ended before its end is no file.
    if (signal.aborted) throw error;
    throw new ApiError(0, undefined);
  }
  return { file: new Blob(parts, { type }), name: nameIn(response.headers.get('Content-Disposition')) };
}

/** The name that a Content-Disposition gives a file; empty if it gives none. */
export function nameIn(disposition: string | null): string {
  return /filename="?([^";]+)"?/.exec(disposition ?? '')?.[1]?.trim() ?? '';
}

/** Has the browser keep a file as if a link to it had been followed. */
export function keep(file: Blob, name: string) {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Browsers begin to read it after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
