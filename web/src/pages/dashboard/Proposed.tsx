import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { openProposals } from '../../api/proposals';
import { Card } from '../../look/Page';
import { t } from '../../words';
import { ProposedTime } from '../meetings/proposals/ProposedTime';
import css from './Dashboard.module.css';

/** Other times that were proposed for what I run: answered with one press. */
export function Proposed() {
  const { data = [] } = useQuery(openProposals);
  if (data.length === 0) return null;
  return (
    <Card title={t('proposals.title', { n: data.length })}>
      <ul className={css.asked}>
        {data.map(({ meeting_id, title, proposal }) => (
          <li key={proposal.id}>
            <Link to={`/dashboard/meetings/${meeting_id}`} className={css.name}>{title}</Link>
            <ProposedTime meeting={{ id: meeting_id, title }} proposal={proposal} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
