import { useSyncExternalStore } from 'react';
import { browserZone, now } from './clock';
import { T } from './temporal';

// The viewer's zone: what they switched to for now, else their profile's, else the browser's.
let switched: string | undefined;
let profile: string | undefined;
const listeners = new Set<() => void>();

function tell() {
  for (const listener of listeners) listener();
}

export function viewerZone(): string {
  return switched ?? profile ?? browserZone();
}

/** Until the page is left; undefined: back to the profile's. */
export function switchZone(zone: string | undefined) {
  switched = zone;
  tell();
}

export function setProfileZone(zone: string | undefined) {
  profile = zone && isZone(zone) ? zone : undefined;
  tell();
}

export function isSwitched(): boolean {
  return switched !== undefined && !sameZone(switched, profile ?? browserZone());
}

export function useZone(): string {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, viewerZone);
}

export function isZone(zone: string): boolean {
  try {
    T.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/** Whether two names mean one zone: Asia/Katmandu is Asia/Kathmandu. */
export function sameZone(a: string, b: string): boolean {
  if (a === b) return true;
  const start = T.Instant.fromEpochMilliseconds(0);
  return isZone(a) && isZone(b) && start.toZonedDateTimeISO(a).equals(start.toZonedDateTimeISO(b));
}

// Engines list some zones by names that were replaced in tzdb. These are the ones people look for.
const renamed: Readonly<Record<string, string>> = {
  'Asia/Katmandu': 'Asia/Kathmandu', 'Asia/Calcutta': 'Asia/Kolkata', 'Asia/Saigon': 'Asia/Ho_Chi_Minh', 'Asia/Rangoon': 'Asia/Yangon',
  'Europe/Kiev': 'Europe/Kyiv', 'America/Buenos_Aires': 'America/Argentina/Buenos_Aires', 'America/Godthab': 'America/Nuuk', 'Atlantic/Faeroe': 'Atlantic/Faroe',
};

export function modernName(zone: string): string {
  return renamed[zone] ?? zone;
}

let zones: string[] | undefined;

/** Every zone there is to choose from, by name. */
export function allZones(): readonly string[] {
  zones ??= [...new Set([...Intl.supportedValuesOf('timeZone').map(modernName), 'UTC'])].sort((a, b) => a.localeCompare(b, 'en'));
  return zones;
}

/** "UTC+05:45", as it is at that time. */
export function offsetOf(zone: string, at: Temporal.Instant = now()): string {
  const offset = at.toZonedDateTimeISO(zone).offset;
  return offset === '+00:00' ? 'UTC' : `UTC${offset.replace('-', '−')}`;
}

/** "Kathmandu": the last part of its name, as people say it. */
export function placeOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

export interface ClockChange {
  at: Temporal.Instant;
  /** Minutes by which clocks go forward; below zero: back. */
  minutes: number;
}

/** The next time that clocks in a zone change within a range; half-open. */
export function clockChange(zone: string, from: Temporal.Instant, to: Temporal.Instant): ClockChange | undefined {
  const next = from.toZonedDateTimeISO(zone).getTimeZoneTransition('next')?.toInstant();
  if (!next || T.Instant.compare(next, to) >= 0) return undefined;
  const before = next.subtract({ milliseconds: 1 }).toZonedDateTimeISO(zone);
  return { at: next, minutes: (next.toZonedDateTimeISO(zone).offsetNanoseconds - before.offsetNanoseconds) / 60e9 };
}
