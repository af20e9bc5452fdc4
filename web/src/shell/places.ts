import { CalendarCheck2, CalendarClock, CalendarDays, LayoutDashboard, SearchCheck, Settings, ShieldCheck, type LucideIcon } from 'lucide-react';
import { useMe } from '../api/session';
import type { Key } from '../words';

interface Place {
  to: string;
  name: Key;
  icon: LucideIcon;
  /** The first four fit into the phone's bar. */
  bar: boolean;
  /** Only administrators go there. */
  staff?: boolean;
}

/** Where one can go: the sidebar, the phone's bar and the command palette show these, in this order. */
const places: readonly Place[] = [
  { to: '/dashboard', name: 'nav.dashboard', icon: LayoutDashboard, bar: true },
  { to: '/dashboard/calendar', name: 'nav.calendar', icon: CalendarDays, bar: true },
  { to: '/dashboard/meetings', name: 'nav.meetings', icon: CalendarCheck2, bar: true },
  { to: '/dashboard/find-a-time', name: 'nav.find', icon: SearchCheck, bar: true },
  { to: '/dashboard/availability', name: 'nav.availability', icon: CalendarClock, bar: false },
  { to: '/dashboard/settings', name: 'nav.settings', icon: Settings, bar: false },
  { to: '/admin', name: 'nav.admin', icon: ShieldCheck, bar: false, staff: true },
];

export function usePlaces(): readonly Place[] {
  const { is_staff } = useMe();
  return is_staff ? places : places.filter((place) => !place.staff);
}
