import { t } from '../words';

/** The API said no: field → messages in its own words, or `detail` (docs/decisions/0005-errors.md). Status 0: it did not answer at all. */
export class ApiError extends Error {
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly detail: string;

  constructor(readonly status: number, readonly body: unknown, readonly tag?: string) {
    const members = isObject(body) ? body : {};
    const detail = typeof members.detail === 'string' ? members.detail : status === 0 ? t('error.offline') : t('error.unknown', { status });
    super(detail);
    this.detail = detail;
    this.fields = messages(members);
  }

  /** Messages of a field: `participants` has one object for each item, whose messages are told with it. */
  of(field: string): readonly string[] {
    return this.fields[field] ?? [];
  }

  /** What is not about a field that the form shows. */
  besides(shown: readonly string[]): readonly string[] {
    const others = Object.entries(this.fields).filter(([field]) => !shown.includes(field)).flatMap(([field, said]) =>
      field === 'non_field_errors' ? said : said.map((message) => `${field}: ${message}`));
    return Object.keys(this.fields).length === 0 ? [this.detail] : others;
  }
}

// Members of problem details (RFC 9457) that are texts are not fields; a field of that name has an array.
function messages(members: Record<string, unknown>): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [field, value] of Object.entries(members)) {
    if (!Array.isArray(value) || field === 'messages') continue;
    const texts = value.flatMap((item) => typeof item === 'string' ? [item] : isObject(item) ? Object.values(messages(item)).flat() : []);
    if (texts.length > 0) found[field] = texts;
  }
  return found;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
