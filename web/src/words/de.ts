import type { Catalogue } from '.';
import { account } from './de/account';
import { meetings } from './de/meetings';
import { shell } from './de/shell';

export const de: Catalogue = { ...shell, ...account, ...meetings };
