import { mayEdit, mine, type MeetingItem } from '../../api/meetings';
import type { OwnEvent } from '../../api/events';
import { instant } from '../../time';
import { t } from '../../words';
import type { Range, RuleTime } from './rules';

/** Whatever stands in the calendar. */
export interface Entry extends Range {
  key: string;
  kind: 'meeting' | 'event' | 'note' | RuleTime['kind'];
  title: string;
  /** Cancelled or declined: it is shown, and takes up no time. */
  off: boolean;
  /** Nobody has accepted for me yet. */
  pending: boolean;
  movable: boolean;
  meeting?: MeetingItem;
  event?: OwnEvent;
}

export function meetingEntry(meeting: MeetingItem, email: string): Entry {
  const answer = mine(meeting, email)?.status;
  const off = meeting.status === 'cancelled' || answer === 'declined';
  return {
    key: `meeting ${meeting.id}`, kind: 'meeting', title: meeting.title, start: instant(meeting.start_time), end: instant(meeting.end_time),
    off, pending: !off && (answer === 'pending' || answer === 'tentative'), movable: mayEdit(meeting) && meeting.status === 'scheduled', meeting,
  };
}

export function eventEntry(event: OwnEvent): Entry {
  return {
    key: `event ${event.id}`, kind: event.event_type === 'free' ? 'note' : 'event', title: event.title, start: instant(event.start_time), end: instant(event.end_time),
    off: false, pending: false, movable: true, event,
  };
}

export function ruleKey({ kind, start, end }: RuleTime): string {
  return [kind, start.toString(), end.toString()].join(' ');
}

export function ruleEntry(rule: RuleTime): Entry {
  return {
    key: ruleKey(rule), kind: rule.kind, title: rule.reason || t(`calendar.${rule.kind}`), start: rule.start, end: rule.end,
    off: false, pending: false, movable: false,
  };
}
