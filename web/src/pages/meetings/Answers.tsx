import { Check, CircleHelp, X } from 'lucide-react';
import { useAnswer } from '../../api/answer';
import { mine, type Answered, type MeetingItem } from '../../api/meetings';
import { useMe } from '../../api/session';
import { classes } from '../../look/classes';
import { t } from '../../words';
import css from './Answers.module.css';

const icons = { accepted: Check, tentative: CircleHelp, declined: X };

/** Yes, maybe, no. */
export function Answers({ meeting }: { meeting: MeetingItem }) {
  const { email } = useMe();
  const { answer, busyWith } = useAnswer();
  const given = mine(meeting, email)?.status;
  return (
    <div className={css.answers} role="group" aria-label={t('answers.label', { title: meeting.title })}>
      {(['accepted', 'tentative', 'declined'] as const satisfies Answered[]).map((status) => {
        const Icon = icons[status];
        return (
          <button key={status} type="button" className={classes(css.answer, css[status])} aria-pressed={given === status} disabled={busyWith === meeting.id} onClick={() => { if (given !== status) answer(meeting, status); }}>
            <Icon size={15} aria-hidden />{t(`answers.${status}`)}
          </button>
        );
      })}
    </div>
  );
}
