import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { readConfig, root } from '../../src/util/read-config.ts';
import { faultOf, temporaryFile, temporaryFolder } from '../market/temporary.ts';

const schema = z.strictObject({ name: z.string(), ports: z.array(z.int()), deep: z.strictObject({ on: z.boolean() }) });

const good = 'name: it\nports:\n  - 1\n  - 2\ndeep:\n  on: true\n';

const fault = (content: string): string => {
  const path = temporaryFile('some.yaml', content);
  const message = faultOf(() => readConfig(path, schema));
  expect(message).not.toContain('\n');
  return message.replace(path, 'some.yaml');
};

test('a valid file is read', () => {
  expect(readConfig(temporaryFile('some.yaml', good), schema)).toEqual({
    name: 'it',
    ports: [1, 2],
    deep: { on: true },
  });
});

test('the root is the folder that holds config', () => {
  expect(existsSync(join(root, 'config/watchlist.yaml'))).toBe(true);
  expect(root).toBe(join(import.meta.dirname, '../..'));
});

test('a missing or unreadable file is reported with the remedy', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'none.yaml');
  expect(faultOf(() => readConfig(path, schema))).toBe(
    `ConfigError: ${path} is missing; restore it from the repository`,
  );
  expect(faultOf(() => readConfig(folder, schema))).toBe(
    `ConfigError: ${folder} cannot be read; restore it from the repository`,
  );
});

test.each([
  ['a wrong type', good.replace('name: it', 'name: 5'), '1: name: expected string, received number'],
  ['a wrong item', good.replace('- 2', '- two'), '4: ports.1: expected number, received string'],
  ['a wrong type further in', good.replace('on: true', 'on: 1'), '6: deep.on: expected boolean, received number'],
  ['a missing key at the top', good.replace('name: it\n', ''), '1: name: expected string, but it is missing'],
  ['a missing key further in', good.replace('  on: true', '  {}'), '5: deep.on: expected boolean, but it is missing'],
  ['an unknown key', `${good}extra: 1\n`, '7: unknown key "extra"; check the spelling or remove it'],
  ['an unknown key further in', `${good}  off: 1\n`, '7: unknown key "off"; check the spelling or remove it'],
  ['an empty file', '', '1: the file is empty; restore it from the repository'],
  ['a list for an object', '- 1\n', '1: expected object, received array'],
  [
    'a comment before the fault',
    `# one\n\n# two\n${good.replace('name: it', 'name: 5')}`,
    '4: name: expected string, received number',
  ],
])('%s is reported with its line', (_, content, said) => {
  expect(fault(content)).toBe(`ConfigError: some.yaml:${said}`);
});

test.each([
  ['a tab for an indent', `${good}more:\n\t- 1\n`, 8],
  ['a key twice', `${good}name: again\n`, 7],
  ['a list that does not end', 'name: it\nports: [1\n', 2],
])('%s is not YAML, and is reported with its line', (_, content, line) => {
  const message = fault(content);
  expect(message).toContain('not valid YAML: ');
  expect(Number(/some\.yaml:(\d+):/.exec(message)?.[1])).toBeGreaterThanOrEqual(line);
});

test('an unresolved alias is not YAML either', () => {
  expect(fault('name: *nowhere\n')).toMatch(/^ConfigError: some\.yaml:1: not valid YAML: unidentified alias/);
});

const calendar = `timeZone: America/New_York
open: "09:30"
close: "16:00"
earlyClose: "13:00"
from: "2024-01-01"
to: "2024-12-31"
closed: {}
early: []
`;

test.each([
  ['an impossible hour', '"16:00"', '"26:00"', '3: close: expected a time, HH:MM in quotes'],
  ['a day that does not exist', '"2024-12-31"', '"2024-12-32"', '6: to: expected a date, YYYY-MM-DD in quotes'],
  [
    'an unknown time zone',
    'America/New_York',
    'America/Nowhere',
    '1: timeZone: expected a time zone like America/New_York',
  ],
  ['a closing without a date', '{}', '{ "monday": no }', '7: closed.monday: expected a date, YYYY-MM-DD in quotes'],
])('a calendar with %s is rejected', (_, passage, by, said) => {
  const path = temporaryFile('calendar.yaml', calendar.replace(passage, by));
  expect(faultOf(() => loadCalendar(path))).toBe(`ConfigError: ${path}:${said}`);
});
