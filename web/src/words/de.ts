import type { Catalogue } from '.';
import { availability } from './de/availability';
import { calendar } from './de/calendar';
import { find } from './de/find';
import { admin } from './de/admin';
import { account } from './de/account';
import { dashboard } from './de/dashboard';
import { meeting } from './de/meeting';
import { form } from './de/form';
import { inout } from './de/inout';
import { meetings } from './de/meetings';
import { repeat } from './de/repeat';
import { rsvp } from './de/rsvp';
import { settings } from './de/settings';
import { shell } from './de/shell';
import { waysIn } from './de/waysIn';

export const de: Catalogue = { ...shell, ...account, ...find, ...calendar, ...availability, ...dashboard, ...meeting, ...form, ...settings, ...repeat, ...rsvp, ...meetings, ...inout, ...admin, ...waysIn };
