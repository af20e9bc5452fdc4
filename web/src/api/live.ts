import { useEffect, useSyncExternalStore } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { me } from './session';

/*
 * What others change shows at once: the server says that something changed, and whatever is on the screen is read again (docs/decisions/0009).
 * Browsers allow few connections to one server, so of all windows only one listens, the one that holds the lock, and it tells the others.
 */
interface Said {
  changed?: boolean;
  /** The server said no: perhaps this browser was signed out from elsewhere. */
  refused?: boolean;
  connected?: boolean;
}

let connected = true;
const listeners = new Set<() => void>();

function setConnected(now: boolean) {
  connected = now;
  for (const listener of listeners) listener();
}

/** Whether the server is heard. Before it was first tried, it is taken for granted. */
export function useConnected(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => connected);
}

// What the browser doesn't try again by itself (a "no" of the server, a lost proxy) is tried again after this.
const again = 30_000;
// A break shorter than this, such as a restart behind a proxy, is nobody's concern.
const patience = 4_000;

/** Resolves when it is aborted. */
function listen(say: (said: Said) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isBroken = false;
    const later = (action: () => void, time: number) => {
      clearTimeout(timer);
      timer = setTimeout(action, time);
    };
    const open = () => {
      source = new EventSource('/api/live/');
      const here = () => {
        clearTimeout(timer);
        if (isBroken) say({ connected: true });
        isBroken = false;
      };
      source.addEventListener('ready', () => {
        // Without an id of its own a new source can't know what it missed.
        if (isBroken) say({ changed: true });
        here();
      });
      source.addEventListener('change', () => {
        here();
        say({ changed: true });
      });
      source.addEventListener('error', () => {
        const isClosed = source?.readyState === EventSource.CLOSED;
        if (isClosed) say({ refused: true });
        later(() => {
          if (!isBroken) say({ connected: false });
          isBroken = true;
          if (isClosed) later(open, again - patience);
        }, patience);
      });
    };
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      source?.close();
      resolve();
    });
    open();
  });
}

/** For as long as somebody is signed in. */
export function useLive() {
  const client = useQueryClient();
  useEffect(() => {
    const stop = new AbortController();
    const channel = new BroadcastChannel('convene.live');
    const hear = ({ changed, refused, connected }: Said) => {
      if (refused) void client.invalidateQueries({ queryKey: me.queryKey });
      if (connected !== undefined) setConnected(connected);
      if (changed) void client.invalidateQueries();
    };
    channel.onmessage = (event: MessageEvent<Said>) => hear(event.data);
    const say = (said: Said) => {
      hear(said);
      channel.postMessage(said);
    };
    // Locks are only there in secure contexts; elsewhere each window listens for itself.
    const locks = (navigator as { locks?: LockManager }).locks;
    if (locks) locks.request('convene.live', { signal: stop.signal }, () => listen(say, stop.signal)).catch(() => undefined);
    else void listen(say, stop.signal);
    return () => {
      stop.abort();
      channel.close();
      setConnected(true);
    };
  }, [client]);
}
