import { account } from './en/account';
import { meetings } from './en/meetings';
import { shell } from './en/shell';

export const en = { ...shell, ...account, ...meetings };
