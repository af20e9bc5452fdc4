import { FileUp } from 'lucide-react';
import { ButtonLink } from '../../../look/Button';
import { Card, Page } from '../../../look/Page';
import { t } from '../../../words';
import { ExternalCalendars } from './ExternalCalendars';
import { Feeds } from './Feeds';

/** What goes in and out: files, addresses for other programs, and calendars that lie elsewhere. */
export function Component() {
  return (
    <Page title={t('calendars.title')} width="s">
      <Card title={t('calendars.import')} actions={<ButtonLink size="s" to="/dashboard/import" icon={<FileUp size={14} aria-hidden />}>{t('calendars.import.do')}</ButtonLink>}>
        <p className="soft">{t('calendars.import.text')}</p>
      </Card>
      <Feeds />
      <ExternalCalendars />
    </Page>
  );
}
