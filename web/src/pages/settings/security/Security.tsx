import { Page } from '../../../look/Page';
import { t } from '../../../words';
import { ApiKeys } from './ApiKeys';
import { Password } from './Password';
import { Sessions } from './Sessions';

/** What lets one in: the password, where it did, and keys for one's own programs. */
export function Component() {
  return (
    <Page title={t('security.title')} width="s">
      <Password />
      <Sessions />
      <ApiKeys />
    </Page>
  );
}
