// Browsers that have Temporal use their own; the others fetch a polyfill (20 kB) first.
const native = (globalThis as { Temporal?: typeof globalThis.Temporal }).Temporal;

export const T: typeof globalThis.Temporal = native ?? (await import('temporal-polyfill')).Temporal;
