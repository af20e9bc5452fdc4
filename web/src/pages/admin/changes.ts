type Values = Readonly<Record<string, unknown>>;

/** A value that was, and what it became. Undefined: it was not there, or is gone. */
export interface Change {
  /** Names of values in values are behind one another: participants, ben@example.com. */
  path: readonly string[];
  before: unknown;
  after: unknown;
}

/** The values of an entry of the audit side by side. Values within values, such as participants, are told one by one. */
export function changesOf(before: Values | null, after: Values | null): Change[] {
  return pairs(before ?? {}, after ?? {}, []);
}

// Stores keep values in an order of their own.
const first = ['title', 'start_time', 'end_time', 'start', 'end'];
const rank = (name: string) => (first.includes(name) ? first.indexOf(name) : first.length);

function pairs(before: Values, after: Values, within: readonly string[]): Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort((a, b) => rank(a) - rank(b));
  return names.flatMap((name) => {
    const [old, now] = [before[name], after[name]], path = [...within, name];
    if (isValues(old ?? now) && isValues(now ?? old)) return pairs(isValues(old) ? old : {}, isValues(now) ? now : {}, path);
    return says(old) || says(now) ? [{ path, before: old, after: now }] : [];
  });
}

/** Texts that are empty and values that are not there tell nothing by themselves. */
export function says(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
