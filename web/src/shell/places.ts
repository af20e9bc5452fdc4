import { CalendarCheck2, LayoutDashboard, Settings, ShieldCheck, type LucideIcon } from 'lucide-react';
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
  { to: '/dashboard/meetings', name: 'nav.meetings', icon: CalendarCheck2, bar: true },
  { to: '/dashboard/settings', name: 'nav.settings', icon: Settings, bar: true },
  { to: '/admin', name: 'nav.admin', icon: ShieldCheck, bar: false, staff: true },
];

export function usePlaces(): readonly Place[] {
  const { is_staff } = useMe();
  return is_staff ? places : places.filter((place) => !place.staff);
}
