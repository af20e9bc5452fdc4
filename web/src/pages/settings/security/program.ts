// Most browsers claim to be the ones before them: the more particular name is looked for first.
const browsers: readonly [RegExp, string][] = [[/Edg(?:e|A|iOS)?\//, 'Edge'], [/OPR\//, 'Opera'], [/Firefox\/|FxiOS\//, 'Firefox'], [/Chrome\/|CriOS\//, 'Chrome'], [/Safari\//, 'Safari']];
const systems: readonly [RegExp, string][] = [[/iPhone|iPad/, 'iOS'], [/Android/, 'Android'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'], [/CrOS/, 'ChromeOS'], [/Linux/, 'Linux']];

/** "Firefox, Linux" of a browser; of other programs what they say first. */
export function programOf(userAgent: string): string {
  const named = (list: readonly [RegExp, string][]) => list.find(([sign]) => sign.test(userAgent))?.[1];
  const browser = userAgent.startsWith('Mozilla/') ? named(browsers) : undefined;
  return browser ? [browser, named(systems)].filter(Boolean).join(', ') : userAgent.split(' ')[0]?.slice(0, 60) ?? '';
}
