import { Compass } from 'lucide-react';
import { ButtonLink } from '../look/Button';
import { Empty, useTitle } from '../look/Page';
import { t } from '../words';

export function Component() {
  useTitle(t('missing.title'));
  return <main><h1 className="unseen">{t('missing.title')}</h1><Empty icon={<Compass size={32} aria-hidden />} title={t('missing.title')} action={<ButtonLink to="/">{t('missing.home')}</ButtonLink>}>{t('missing.text')}</Empty></main>;
}
