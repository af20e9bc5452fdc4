import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { CalendarSync } from 'lucide-react';
import { mayEdit, mine, type Meeting } from '../../../api/meetings';
import { proposals } from '../../../api/proposals';
import { useMe } from '../../../api/session';
import { Button } from '../../../look/Button';
import { Badge, Card } from '../../../look/Page';
import { range, useZone } from '../../../time';
import { t, word } from '../../../words';
import { ProposedTime } from './ProposedTime';
import { ProposeDialog } from './ProposeDialog';
import css from './Proposals.module.css';

/** Other times: whoever runs the meeting answers them, whoever is invited proposes them. */
export function Proposals({ meeting }: { meeting: Meeting }) {
  const { email } = useMe();
  if (meeting.status !== 'scheduled') return null;
  if (mayEdit(meeting)) return meeting.open_proposals > 0 && <Asked meeting={meeting} />;
  return mine(meeting, email) && <Own meeting={meeting} />;
}

function Asked({ meeting }: { meeting: Meeting }) {
  const { data } = useQuery(proposals(meeting.id));
  const open = data?.filter((p) => p.state === 'open') ?? [];
  if (open.length === 0) return null;
  return <Card title={t('proposals.title', { n: open.length })}><ul className={css.list}>{open.map((p) => <li key={p.id}><ProposedTime meeting={meeting} proposal={p} /></li>)}</ul></Card>;
}

function Own({ meeting }: { meeting: Meeting }) {
  const zone = useZone();
  const { data = [] } = useQuery(proposals(meeting.id));
  const [proposing, setProposing] = useState(false);
  return (
    <Card title={t('proposals.own')} className="no-print" actions={<Button size="s" icon={<CalendarSync size={14} aria-hidden />} onClick={() => setProposing(true)}>{t('proposals.propose')}</Button>}>
      {data.length === 0 && <p className="soft">{t('proposals.own.text')}</p>}
      {data.length > 0 && (
        <ul className={css.list}>
          {data.map((p) => (
            <li key={p.id} className={css.own}>
              <div><time dateTime={p.start}>{range(p.start, p.end, zone)}</time>{p.comment && <p className="soft wrap">{p.comment}</p>}</div>
              <Badge tone={p.state === 'accepted' ? 'good' : p.state === 'declined' ? 'bad' : 'plain'}>{word('proposal', p.state)}</Badge>
            </li>
          ))}
        </ul>
      )}
      {proposing && <ProposeDialog meeting={meeting} onClose={() => setProposing(false)} />}
    </Card>
  );
}
