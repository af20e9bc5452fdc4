import { availability } from './en/availability';
import { calendar } from './en/calendar';
import { find } from './en/find';
import { admin } from './en/admin';
import { account } from './en/account';
import { dashboard } from './en/dashboard';
import { meeting } from './en/meeting';
import { form } from './en/form';
import { inout } from './en/inout';
import { meetings } from './en/meetings';
import { repeat } from './en/repeat';
import { rsvp } from './en/rsvp';
import { settings } from './en/settings';
import { shell } from './en/shell';
import { waysIn } from './en/waysIn';

export const en = { ...shell, ...account, ...find, ...calendar, ...availability, ...dashboard, ...meeting, ...form, ...settings, ...repeat, ...rsvp, ...meetings, ...inout, ...admin, ...waysIn };
