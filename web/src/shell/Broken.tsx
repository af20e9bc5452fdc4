import { useEffect } from 'react';
import { useRouteError } from 'react-router';
import { CircleAlert } from 'lucide-react';
import { Button } from '../look/Button';
import { Empty, useTitle } from '../look/Page';
import { t } from '../words';

/** A fault of ours, or pages that were replaced by newer ones while this one was open. */
export function Broken() {
  const error = useRouteError();
  useTitle(t('broken.title'));
  useEffect(() => console.error(error), [error]);
  return <main><h1 className="unseen">{t('broken.title')}</h1><Empty icon={<CircleAlert size={32} aria-hidden />} title={t('broken.title')} action={<Button kind="main" onClick={() => location.reload()}>{t('broken.reload')}</Button>}>{t('broken.text')}</Empty></main>;
}
