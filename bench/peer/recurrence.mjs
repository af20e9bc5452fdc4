// The series of bench/Recurrence.cs in rrule.js. Processor time, medians of five runs. In an empty folder: npm install rrule luxon, then node …/recurrence.mjs there.
import { createRequire } from 'node:module';

const { RRule } = createRequire(process.cwd() + '/')('rrule');
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

for (const [name, year, text, count] of cases) {
  const spent = [];
  for (let i = 0; i < 5; i++) {
    const rule = new RRule({ ...RRule.parseString(text), dtstart: new Date(Date.UTC(year, 0, 6, 9)), tzid: 'America/New_York' });
    const begun = cpu();
    if (count === 0) rule.between(from, to, true);
    else rule.all((_, i) => i < count - 1);
    spent.push(cpu() - begun);
  }
  spent.sort((a, b) => a - b);
  console.log(`${name}: ${spent[2].toFixed(1)} µs`);
}
