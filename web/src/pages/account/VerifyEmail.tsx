import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '../../api/client';
import { Button } from '../../look/Button';
import { FormErrors } from '../../look/Field';
import { Notice, useTitle } from '../../look/Page';
import { useSubmit } from '../../look/useSubmit';
import { t } from '../../words';
import { useFragmentToken } from './fragment';
import css from './Account.module.css';

/** One press, not merely opening the page: programs that look into mails open links too. */
export function Component() {
  useTitle(t('verify.title'));
  const token = useFragmentToken();
  const client = useQueryClient();
  const [said, setSaid] = useState<string>();
  const submit = useSubmit(async () => {
    setSaid((await api('post', '/api/auth/verify-email/', { body: { token: token ?? '' } })).detail);
    await client.invalidateQueries();
  });
  return (
    <>
      <h1>{t('verify.title')}</h1>
      {!token ? <Notice tone="bad">{t('link.incomplete')}</Notice> : said ? <Notice tone="good" role="status">{said}</Notice> : (
        <form className={css.form} {...submit.form}>
          <p className="soft">{t('verify.text')}</p>
          <FormErrors errors={[...submit.of('token') ?? [], ...submit.besides('token')]} />
          <Button kind="main" type="submit" className={css.submit} busy={submit.busy}>{t('verify.do')}</Button>
        </form>
      )}
      <p className={css.foot}><Link to="/">{t('verify.go')}</Link></p>
    </>
  );
}
