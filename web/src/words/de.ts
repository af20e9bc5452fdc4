import type { Catalogue } from '.';
import { account } from './de/account';
import { dashboard } from './de/dashboard';
import { meeting } from './de/meeting';
import { form } from './de/form';
import { meetings } from './de/meetings';
import { shell } from './de/shell';

export const de: Catalogue = { ...shell, ...account, ...dashboard, ...meeting, ...form, ...meetings };
