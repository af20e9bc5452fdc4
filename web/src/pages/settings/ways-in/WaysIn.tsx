import { useState } from 'react';
import { Notice, Page } from '../../../look/Page';
import { t, word } from '../../../words';
import { fragment } from '../../account/fragment';
import { Passkeys } from './Passkeys';
import { Provider } from './Provider';
import { SecondFactor } from './SecondFactor';

/** How one signs in, besides with a password. */
export function Component() {
  const [refused] = useState(() => fragment('provider'));
  return (
    <Page title={t('ways.title')} width="s">
      {refused && <Notice tone="bad" role="alert">{word('login.provider', refused)}</Notice>}
      <SecondFactor />
      <Passkeys />
      <Provider />
    </Page>
  );
}
