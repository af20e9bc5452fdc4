import { cookie, read, signedOut } from './client';
import { ApiError } from './problems';

interface Options {
  /** Told the sent part, 0 to 1. */
  onProgress: (part: number) => void;
  signal: AbortSignal;
}

/** Sends a form with a file and tells how far it is, which fetch can't. Answers and errors are those of `api`. */
export function upload<T>(path: string, form: FormData, { onProgress, signal }: Options): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('Accept', 'application/json');
    const csrf = cookie('csrftoken');
    if (csrf) request.setRequestHeader('X-CSRFToken', csrf);
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0));
    request.addEventListener('load', () => {
      const body = read(request.responseText, request.getResponseHeader('Content-Type'));
      if (request.status === 401) signedOut.dispatchEvent(new Event('out'));
      if (request.status >= 200 && request.status < 300) resolve(body as T);
      else reject(new ApiError(request.status, body));
    });
    request.addEventListener('error', () => reject(new ApiError(0, undefined)));
    request.addEventListener('abort', () => reject(new DOMException('Given up.', 'AbortError')));
    signal.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}
