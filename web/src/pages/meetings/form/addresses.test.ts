import { expect, test } from 'vitest';
import { readAddresses, withPeople } from './addresses';

test.each([
  ['ana@example.com', [['ana@example.com', '']], ''],
  ['ana@example.com, ben@example.com;cho@example.com\ndee@example.com', [['ana@example.com', ''], ['ben@example.com', ''], ['cho@example.com', ''], ['dee@example.com', '']], ''],
  ['Ana Lee <Ana@Example.com>, "Berg, Ben" <ben@example.com>', [['ana@example.com', 'Ana Lee'], ['ben@example.com', 'Berg, Ben']], ''],
  ['<ana@example.com>', [['ana@example.com', '']], ''],
  ['cho', [], 'cho'],
  ['ana@example.com and cho', [['ana@example.com', '']], 'and cho'],
  ['', [], ''],
])('%s', (text, people, rest) => {
  expect(readAddresses(text)).toEqual({ people: people.map(([email, name]) => ({ email, name })), rest });
});

test('nobody is invited twice', () => {
  expect(withPeople([{ email: 'ana@example.com', name: 'Ana' }], [{ email: 'ana@example.com', name: '' }, { email: 'ben@example.com', name: '' }]))
    .toEqual([{ email: 'ana@example.com', name: 'Ana' }, { email: 'ben@example.com', name: '' }]);
});
