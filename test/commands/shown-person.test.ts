import { expect, test } from 'vitest';
import { shownPerson } from '../../commands/shown-person.ts';

test.each([
  ['Ann', 'Ann'],
  ['  Ann\n\u202E\u200B Lee ', 'Ann Lee'],
  ['\u200B \n', undefined],
  [undefined, undefined],
  ['가'.repeat(41), `${'가'.repeat(39)}…`],
  ['🦊'.repeat(40), '🦊'.repeat(40)],
])('%j is shown as %j', (name, shown) => {
  expect(shownPerson(name)).toBe(shown);
});
