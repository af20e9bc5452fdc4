import type { rsvp as en } from '../en/rsvp';
import type { Words } from '..';

export const rsvp: Readonly<Record<keyof typeof en, Words>> = {
  'rsvp.title': 'Einladung',
  'rsvp.loading': 'Die Einladung wird geladen',
  'rsvp.incomplete': 'Dieser Link ist unvollständig. Öffnen Sie ihn noch einmal aus der Mail.',
  'rsvp.gone': 'Diese Einladung gibt es nicht mehr: Der Termin wurde gelöscht, oder Sie stehen nicht mehr auf der Liste.',
  'rsvp.from': '{who} lädt Sie ein',
  'rsvp.conflict': 'Sie haben zu dieser Zeit etwas anderes.',
  'rsvp.over': 'Das kann nicht mehr beantwortet werden.',
  'rsvp.said.accepted': 'Danke. {who} sieht, dass Sie kommen.',
  'rsvp.said.tentative': 'Danke. {who} sieht, dass Sie vielleicht kommen.',
  'rsvp.said.declined': 'Danke. {who} sieht, dass Sie nicht kommen.',
  'rsvp.you': 'Diese Einladung ist für {who}.',
  'rsvp.register': 'Mit einem Konto sehen Sie alle Ihre Termine.',
};
