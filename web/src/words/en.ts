import { account } from './en/account';
import { dashboard } from './en/dashboard';
import { meeting } from './en/meeting';
import { form } from './en/form';
import { meetings } from './en/meetings';
import { shell } from './en/shell';

export const en = { ...shell, ...account, ...dashboard, ...meeting, ...form, ...meetings };
