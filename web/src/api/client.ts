import type { components, paths } from './schema';
import { ApiError } from './problems';

export type Schema = components['schemas'];
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Path<M extends Method> = { [P in keyof paths]: paths[P][M] extends object ? P : never }[keyof paths];
type Operation<P extends keyof paths, M extends Method> = NonNullable<paths[P][M]>;
type Parameters<O> = O extends { parameters: infer All } ? All : never;
type Json<O> = O extends { requestBody?: { content: { 'application/json': infer Body } } } ? Body : never;
type Content<R> = R extends { content: infer C } ? C[keyof C] : undefined;
export type Answer<O> = O extends { responses: infer R } ? Content<R extends { 200: infer Ok } ? Ok : R extends { 201: infer Made } ? Made : undefined> : never;

type Given<T, Name extends string> = T extends undefined ? Partial<Record<Name, never>> : undefined extends T ? Partial<Record<Name, Exclude<T, undefined>>> : Record<Name, T>;
type Ask<O> = Given<Parameters<O> extends { path: infer P } ? P : undefined, 'path'>
  & { query?: Parameters<O> extends { query?: infer Q } ? Q : never; body?: Json<O>; form?: FormData; signal?: AbortSignal; headers?: Record<string, string>; keepalive?: boolean };

/** Told when a request finds that nobody is signed in any more. */
export const signedOut = new EventTarget();

/**
 * One request to our own API, typed by openapi.json. The session cookie says who asks; its CSRF token goes with whatever changes something.
 * What is refused is thrown as an ApiError.
 */
export async function api<M extends Method, P extends Path<M>>(method: M, path: P, ask: Ask<Operation<P, M>>): Promise<Answer<Operation<P, M>>> {
  const { body, response } = await exchange(method, path, ask as AnyAsk);
  if (response.status === 401 && !path.startsWith('/api/auth/log')) signedOut.dispatchEvent(new Event('out'));
  if (!response.ok) throw new ApiError(response.status, body, response.headers.get('ETag') ?? undefined);
  return body as Answer<Operation<P, M>>;
}

interface AnyAsk {
  path?: Record<string, string | number>;
  query?: Record<string, unknown>;
  body?: unknown;
  /** Files, instead of a body. */
  form?: FormData;
  signal?: AbortSignal;
  headers?: Record<string, string>;
  /** It outlives the page that sent it. */
  keepalive?: boolean;
}

async function exchange(method: Method, path: string, ask: AnyAsk): Promise<{ response: Response; body: unknown }> {
  const headers: Record<string, string> = { Accept: 'application/json', ...ask.headers };
  if (ask.body !== undefined) headers['Content-Type'] = 'application/json';
  const csrf = cookie('csrftoken');
  if (csrf && method !== 'get') headers['X-CSRFToken'] = csrf;
  let response: Response;
  try {
    response = await fetch(address(path, ask), {
      method: method.toUpperCase(), headers, body: ask.form ?? (ask.body === undefined ? null : JSON.stringify(ask.body)), signal: ask.signal ?? null, credentials: 'same-origin', keepalive: ask.keepalive ?? false,
    });
  } catch (error) {
    if (ask.signal?.aborted) throw error;
    throw new ApiError(0, undefined);
  }
  return { response, body: read(await response.text(), response.headers.get('Content-Type')) };
}

/** What a response says: JSON as what it means, other text as it is, nothing as undefined. */
export function read(text: string, type: string | null): unknown {
  return type?.includes('json') && text ? JSON.parse(text) : text || undefined;
}

export function address(path: string, ask: Pick<AnyAsk, 'path' | 'query'>): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(ask.path?.[name])));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(ask.query ?? {})) {
    if (value !== undefined && value !== null && value !== '') query.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return query.size > 0 ? `${filled}?${query}` : filled;
}

export function cookie(name: string): string | undefined {
  return document.cookie.split('; ').find((c) => c.startsWith(`${name}=`))?.slice(name.length + 1);
}
