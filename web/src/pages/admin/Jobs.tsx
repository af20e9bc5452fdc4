import { useQuery } from '@tanstack/react-query';
import { admin, type Job } from '../../api/admin';
import { Badge, Card, Notice, Page, Skeleton } from '../../look/Page';
import { fromNow, moment, useNow, useZone } from '../../time';
import { t, word } from '../../words';
import { seconds } from './figures';
import css from './Admin.module.css';

export function Component() {
  const { data, error } = useQuery(admin.jobs);
  return (
    <Page title={t('admin.jobs')}>
      {error && <Notice tone="bad" role="alert">{error.message}</Notice>}
      {!data && !error && <Card><Skeleton lines={6} label={t('shell.loading')} /></Card>}
      {data && <Card tight><ul>{data.map((job) => <Row key={job.name} job={job} />)}</ul></Card>}
    </Page>
  );
}

function Row({ job }: { job: Job }) {
  const now = useNow();
  const zone = useZone();
  const [name, does] = [word('job', job.name), word('job.does', job.name)];
  return (
    <li className={css.row}>
      <div className={css.what}>
        <span className={css.head}><strong>{name}</strong></span>
        {/* A job that is newer than these pages is told in the server's words. */}
        <span className="soft">{does === job.name ? job.does : does}</span>
        <span className={css.about}>{t('job.every', { time: seconds(Number(job.every_seconds)) })}</span>
        {job.runs.length === 0 && <span className={css.about}>{t('job.never')}</span>}
        {job.runs.map((run) => (
          <div key={run.node} className={css.what}>
            <span className={css.head}><Badge tone={run.outcome === 'ok' ? 'good' : 'bad'}>{word('job.outcome', run.outcome)}</Badge><span className={css.about}>
              <span>{t('job.node', { node: run.node })}</span>
              <span><time dateTime={run.last_run} title={moment(run.last_run, zone)}>{t('job.last', { when: fromNow(run.last_run, now) })}</time></span>
              <span>{t('job.took', { n: run.duration_ms })}</span>
              <span><time dateTime={run.next_run} title={moment(run.next_run, zone)}>{t('job.next', { when: fromNow(run.next_run, now) })}</time></span>
            </span></span>
            {run.error && <span className={css.wrong}>{run.error}</span>}
          </div>
        ))}
      </div>
    </li>
  );
}
