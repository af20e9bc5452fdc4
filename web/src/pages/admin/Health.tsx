import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { admin } from '../../api/admin';
import { Badge, Card, Notice, Page, Skeleton } from '../../look/Page';
import { moment, useZone } from '../../time';
import { t, word } from '../../words';
import { bytes, seconds } from './figures';
import css from './Admin.module.css';

// The outbox is looked into every two seconds: mail that waits this long is not merely in a queue.
const longLag = 120;

export function Component() {
  const zone = useZone();
  const { data, error } = useQuery(admin.health);
  return (
    <Page title={t('admin.health')}>
      {error && <Notice tone="bad" role="alert">{error.message}</Notice>}
      {!data ? !error && <Card><Skeleton lines={8} label={t('shell.loading')} /></Card> : (
        <div className={css.cards}>
          <Card title={t('health.outbox')} actions={<Link className="small" to="/admin/outbox">{t('health.outbox.open')}</Link>} className={css.wide}>
            <dl className={css.figures}>
              <Figure name={t('health.owed')} big>{data.outbox.owed}</Figure>
              <Figure name={t('health.lag')} big>{data.outbox.owed === 0 ? '–' : seconds(data.outbox.lag_seconds)} {data.outbox.lag_seconds > longLag && <Badge tone="warn">{t('health.long')}</Badge>}</Figure>
              <Figure name={t('health.failed')} big>{data.outbox.failed > 0 ? <Link to="/admin/outbox?state=failed">{data.outbox.failed}</Link> : 0}</Figure>
              <Figure name={t('health.failures')} big>{data.failed_sign_ins_today}</Figure>
            </dl>
          </Card>
          <Card title={t('health.server')}>
            <dl className={css.figures}>
              <Figure name={t('health.version')}>{shortly(data.version)}</Figure>
              <Figure name={t('health.node')}>{data.node}</Figure>
              <Figure name={t('health.uptime')}>{seconds(data.uptime_seconds)}</Figure>
              <Figure name={t('health.started')}>{moment(data.started_at, zone)}</Figure>
              <Figure name={t('health.memory')}>{bytes(data.memory_bytes)}</Figure>
              <Figure name={t('health.tzdb')}>{data.tzdb}</Figure>
            </dl>
          </Card>
          <Card title={t('health.database')}>
            <dl className={css.figures}>
              <Figure name={t('health.engine')}>{word('engine', data.database.engine)}</Figure>
              <Figure name={t('health.version')}>{data.database.version}</Figure>
              <Figure name={t('health.size')}>{bytes(data.database.size_bytes)}</Figure>
              <Figure name={t('health.schema')}>{data.database.schema_step}</Figure>
            </dl>
          </Card>
        </div>
      )}
    </Page>
  );
}

// Of the commit it was built from the beginning is enough to find it.
function shortly(version: string): string {
  return version.replace(/(\+[0-9a-f]{8})[0-9a-f]+$/, '$1');
}

function Figure({ name, big, children }: { name: string; big?: boolean; children: ReactNode }) {
  return <div><dt>{name}</dt><dd className={big ? css.big : undefined}>{children}</dd></div>;
}
