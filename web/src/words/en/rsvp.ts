export const rsvp = {
  'rsvp.title': 'Invitation',
  'rsvp.loading': 'The invitation is being fetched',
  'rsvp.incomplete': 'This link is not complete. Open it from the mail again.',
  'rsvp.gone': 'This invitation is no more: the meeting was deleted, or you were taken off its list.',
  'rsvp.from': '{who} invites you',
  'rsvp.conflict': 'You have something else at that time.',
  'rsvp.over': 'This can no longer be answered.',
  'rsvp.said.accepted': 'Thank you. {who} sees that you are coming.',
  'rsvp.said.tentative': 'Thank you. {who} sees that you may come.',
  'rsvp.said.declined': 'Thank you. {who} sees that you are not coming.',
  'rsvp.you': 'This invitation is for {who}.',
  'rsvp.register': 'With an account you see all of yours.',
} as const;
