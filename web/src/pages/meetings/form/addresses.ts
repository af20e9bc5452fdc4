export interface Invitee {
  email: string;
  name: string;
}

/**
 * People as they are pasted: `ana@example.com, "Ben, Dr." <ben@example.com>; cho@example.com`, separated by commas, semicolons, spaces or lines.
 * What has no address in it comes back as `rest`.
 */
export function readAddresses(text: string): { people: Invitee[]; rest: string } {
  const people: Invitee[] = [];
  const rest = text
    .replace(/(?:"([^"]*)"|([^<>,;"\n]*?))\s*<([^\s<>@]+@[^\s<>@]+)>/g, (_, quoted: string | undefined, plain: string | undefined, email: string) => {
      people.push({ email: email.toLowerCase(), name: (quoted ?? plain ?? '').trim() });
      return ' ';
    })
    .split(/[\s,;]+/)
    .filter((part) => {
      if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$|^[^\s@]+@localhost$/.test(part)) return part !== '';
      people.push({ email: part.toLowerCase(), name: '' });
      return false;
    })
    .join(' ');
  return { people, rest };
}

/** Adds people, each once; whoever is there already stays as they are. */
export function withPeople(all: readonly Invitee[], more: readonly Invitee[]): Invitee[] {
  const added = [...all];
  for (const person of more) if (!added.some((p) => p.email === person.email)) added.push(person);
  return added;
}
