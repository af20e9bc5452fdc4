import { queryOptions } from '@tanstack/react-query';
import { api, type Answer, type Schema } from './client';
import type { paths } from './schema';
import { ApiError } from './problems';

export type SignedIn = Answer<paths['/api/auth/login/']['post']>;
export type Passkey = Schema['Passkey'];

/** What can be used here besides a password. */
export const waysIn = queryOptions({ queryKey: ['ways-in'], staleTime: Infinity, queryFn: ({ signal }) => api('get', '/api/auth/ways-in/', { signal }) });
export const secondFactor = queryOptions({ queryKey: ['second-factor'], queryFn: ({ signal }) => api('get', '/api/auth/second-factor/', { signal }) });
export const passkeys = queryOptions({ queryKey: ['passkeys'], queryFn: ({ signal }) => api('get', '/api/auth/passkeys/', { signal }) });
export const identities = queryOptions({ queryKey: ['identities'], queryFn: ({ signal }) => api('get', '/api/auth/provider/identities/', { signal }) });

/** The challenge of a first step that was right, with the second still to come; undefined: it was something else. */
export function challengeOf(error: unknown): string | undefined {
  if (!(error instanceof ApiError) || error.status !== 401) return undefined;
  const said = error.body as { code?: unknown; challenge?: unknown } | null;
  return said?.code === 'second_factor_required' && typeof said.challenge === 'string' ? said.challenge : undefined;
}

/** The code that a refusal has for programs. */
export function codeOf(error: ApiError): string | undefined {
  const code = (error.body as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** Whether this browser can use passkeys on this page: they belong to a name, never to an IP address. */
export function knowsPasskeys(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && window.isSecureContext && !/^[\d.]+$|:/.test(location.hostname);
}

/** Undefined: whoever was asked by the browser said no. */
export async function signInByPasskey(): Promise<SignedIn | undefined> {
  const options = await api('post', '/api/auth/login/passkey/options/', {});
  const credential = await ask(() => navigator.credentials.get({
    publicKey: { challenge: bytes(options.challenge), rpId: options.rp_id, userVerification: 'preferred', timeout: options.expires_in * 1000 },
  }));
  if (!credential) return undefined;
  const shown = credential.response as AuthenticatorAssertionResponse;
  return api('post', '/api/auth/login/passkey/', {
    body: {
      credential_id: text(credential.rawId), client_data_json: text(shown.clientDataJSON), authenticator_data: text(shown.authenticatorData),
      signature: text(shown.signature), user_handle: shown.userHandle ? text(shown.userHandle) : '',
    },
  });
}

/** False: whoever was asked by the browser said no. */
export async function addPasskey(password: string, name: string): Promise<boolean> {
  const options = await api('post', '/api/auth/passkeys/options/', { body: { password } });
  const credential = await ask(() => navigator.credentials.create({
    publicKey: {
      challenge: bytes(options.challenge),
      rp: { id: options.rp_id, name: 'Convene' },
      user: { id: bytes(options.user_handle), name: options.user_name, displayName: options.display_name },
      pubKeyCredParams: options.algorithms.map((alg) => ({ type: 'public-key' as const, alg })),
      excludeCredentials: options.exclude.map((id) => ({ type: 'public-key' as const, id: bytes(id) })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
      attestation: 'none',
      timeout: options.expires_in * 1000,
    },
  }));
  if (!credential) return false;
  const made = credential.response as AuthenticatorAttestationResponse;
  await api('post', '/api/auth/passkeys/', { body: { name, client_data_json: text(made.clientDataJSON), attestation_object: text(made.attestationObject) } });
  return true;
}

async function ask(how: () => Promise<Credential | null>): Promise<PublicKeyCredential | undefined> {
  try {
    return (await how()) as PublicKeyCredential | null ?? undefined;
  } catch (error) {
    // Turned away, took too long, or the device has this account's passkey already: the browser has said so itself.
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

/** base64url, as the API has bytes. */
export function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (c) => c.charCodeAt(0));
}

export function text(of: ArrayBuffer | Uint8Array): string {
  const binary = Array.from(of instanceof Uint8Array ? of : new Uint8Array(of), (b) => String.fromCharCode(b)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
