import { CalendarCheck2, CalendarClock, CalendarDays, LayoutDashboard, SearchCheck, Settings, type LucideIcon } from 'lucide-react';
import type { Key } from '../words';

interface Place {
  to: string;
  name: Key;
  icon: LucideIcon;
  /** The first four fit into the phone's bar. */
  bar: boolean;
}

/** Where one can go: the sidebar, the phone's bar and the command palette show these, in this order. */
export const places: readonly Place[] = [
  { to: '/dashboard', name: 'nav.dashboard', icon: LayoutDashboard, bar: true },
  { to: '/dashboard/calendar', name: 'nav.calendar', icon: CalendarDays, bar: true },
  { to: '/dashboard/meetings', name: 'nav.meetings', icon: CalendarCheck2, bar: true },
  { to: '/dashboard/find-a-time', name: 'nav.find', icon: SearchCheck, bar: true },
  { to: '/dashboard/availability', name: 'nav.availability', icon: CalendarClock, bar: false },
  { to: '/dashboard/settings', name: 'nav.settings', icon: Settings, bar: false },
];
