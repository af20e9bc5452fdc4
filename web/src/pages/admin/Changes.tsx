import { moment, useZone } from '../../time';
import { t, word } from '../../words';
import { changesOf, says, type Change } from './changes';
import css from './Admin.module.css';

// What was made or removed has many values on one side; they are there for who wants them.
const most = 3;

// Values that are words of the API.
const families: Readonly<Record<string, string>> = { status: 'status', answer: 'answer', role: 'part', participants: 'part', state: 'outbox', scope: 'keys.scope', free_busy_visibility: 'privacy.shown' };

/** What was different before, and what it became. */
export function Changes({ before, after }: { before: Readonly<Record<string, unknown>> | null; after: Readonly<Record<string, unknown>> | null }) {
  const changes = changesOf(before, after);
  if (changes.length === 0) return null;
  const sides = [changes.some((change) => says(change.before)), changes.some((change) => says(change.after))] as const;
  if (changes.length <= most || (sides[0] && sides[1])) return <Table changes={changes} sides={sides} />;
  return (
    <details className={css.more}>
      <summary>{t('audit.values', { n: changes.length })}</summary>
      <Table changes={changes} sides={sides} />
    </details>
  );
}

function Table({ changes, sides: [was, is] }: { changes: readonly Change[]; sides: readonly [boolean, boolean] }) {
  return (
    <table className={css.changes}>
      <thead><tr><th scope="col">{t('audit.value')}</th>{was && <th scope="col">{t('audit.before')}</th>}{is && <th scope="col">{t('audit.after')}</th>}</tr></thead>
      <tbody>
        {changes.map(({ path, before, after }) => (
          <tr key={path.join('\n')}>
            <th scope="row">{path.map((name, n) => (n === 0 ? word('value', name) : name)).join(': ')}</th>
            {was && <td>{!says(before) ? '–' : before === after ? <Value name={path[0]} value={before} /> : <del><Value name={path[0]} value={before} /></del>}</td>}
            {is && <td>{!says(after) ? '–' : before === after ? <Value name={path[0]} value={after} /> : <ins><Value name={path[0]} value={after} /></ins>}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ name, value }: { name: string | undefined; value: unknown }) {
  const zone = useZone();
  if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no');
  if (typeof value !== 'string') return JSON.stringify(value);
  const family = families[name ?? ''];
  if (family) return word(family, value);
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(value) ? moment(value, zone) : value;
}
