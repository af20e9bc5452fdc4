// The series of bench/Recurrence.cs in rrule.js and ical.js, instants and all. Processor time, medians of five runs.
// In an empty folder: npm install rrule luxon ical.js, then node …/recurrence.mjs there.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const there = createRequire(process.cwd() + '/');
const { RRule } = there('rrule');
const { default: ICAL } = await import(pathToFileURL(there.resolve('ical.js')));
const cpu = () => { const spent = process.cpuUsage(); return spent.user + spent.system; };
const from = new Date(Date.UTC(2026, 5, 1));
const to = new Date(Date.UTC(2026, 5, 8));
const cases = [
  ['week of a daily series begun in 2026', 2026, 'FREQ=DAILY', 0],
  ['week of a daily series begun in 1900', 1900, 'FREQ=DAILY', 0],
  ['10,000 on MO,WE,FR', 2020, 'FREQ=WEEKLY;BYDAY=MO,WE,FR', 10000],
  ['two years of MO,WE,FR', 2020, 'FREQ=WEEKLY;BYDAY=MO,WE,FR', 314],
  ['ten years of last Fridays', 2020, 'FREQ=MONTHLY;BYDAY=-1FR', 120],
  ['two years of days', 2020, 'FREQ=DAILY', 731],
];

const zone = new ICAL.Timezone(new ICAL.Component(ICAL.parse([
  'BEGIN:VTIMEZONE', 'TZID:America/New_York',
  'BEGIN:STANDARD', 'DTSTART:18831118T120358', 'TZOFFSETFROM:-0400', 'TZOFFSETTO:-0500', 'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU', 'END:STANDARD',
  'BEGIN:DAYLIGHT', 'DTSTART:18840309T020000', 'TZOFFSETFROM:-0500', 'TZOFFSETTO:-0400', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU', 'END:DAYLIGHT',
  'END:VTIMEZONE',
].join('\r\n'))));

function rrule(year, text, count) {
  const rule = new RRule({ ...RRule.parseString(text), dtstart: new Date(Date.UTC(year, 0, 6, 9)), tzid: 'America/New_York' });
  const begun = cpu();
  if (count === 0) rule.between(from, to, true);
  else rule.all((_, i) => i < count - 1);
  return cpu() - begun;
}

function ical(year, text, count) {
  const start = new ICAL.Time({ year, month: 1, day: 6, hour: 9, minute: 0, second: 0 }, zone);
  const begun = cpu();
  const walk = ICAL.Recur.fromString(text).iterator(start);
  for (let n = 0, next; (next = walk.next()) && (count === 0 || n < count); n++) {
    if (next.toUnixTime() * 1000 >= to.getTime() && count === 0) break;
  }
  return cpu() - begun;
}

for (const [library, run] of [['rrule.js', rrule], ['ical.js', ical]]) {
  for (const [name, year, text, count] of cases) {
    const spent = Array.from({ length: 5 }, () => run(year, text, count)).sort((a, b) => a - b);
    console.log(`${library}, ${name}: ${spent[2].toFixed(1)} µs`);
  }
}
