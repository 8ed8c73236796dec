import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings, VARIABLE_NAMES } from '../../src/app/settings.ts';
import { settingsPage } from '../../src/cli/settings-page.ts';
import { root } from '../../src/util/read-config.ts';

const envExample = readFileSync(join(root, '.env.example'), 'utf8');

/** The cells of each row, by name. */
const rows = (page: string): Map<string, string[]> =>
  new Map(
    [...page.matchAll(/^\| `([A-Z_]+)` \| (.*) \| (.*) \| (.*) \|$/gm)].map(([, name = '', ...cells]) => [
      name,
      cells.slice(0, 3),
    ]),
  );

test('every setting of the schema has a row with what it does', () => {
  const found = rows(settingsPage(envExample));
  expect([...found.keys()].toSorted()).toEqual(VARIABLE_NAMES.toSorted());
  for (const [name, [what]] of found) expect(what, name).toMatch(/^[A-Z].*\.$/);
});

test('the defaults of the table are those of the schema, and its examples are accepted', () => {
  const found = [...rows(settingsPage(envExample))];
  const plain = (text = ''): string => text.replaceAll('`', '');
  const defaults = Object.fromEntries(found.map(([name, [, byDefault]]) => [name, plain(byDefault)]));
  const { platforms: _, ...own } = readSettings({ ...defaults, DISCORD_RATE: '' }, ['en', 'ko']);
  const { platforms: __, ...unset } = readSettings({}, ['en', 'ko']);
  expect(own).toEqual(unset);
  expect(defaults).toMatchObject({ BOARD_PORT: '4170', POLL_SECONDS: '60', DISCORD_RATE: '40', LANGUAGE: 'en' });
  const examples = found.flatMap(([, [, , example]]) => (example ? [plain(example).split(/=(.*)/)] : []));
  expect(() => readSettings({ ...Object.fromEntries(examples) }, ['en', 'ko'])).not.toThrow();
  expect(defaults.DISCORD_TOKEN).toBe('');
});

test('a setting without a place in .env.example, or one that is none, is refused', () => {
  expect(() => settingsPage(envExample.replace(/^LOG_FORMAT=.*$/m, ''))).toThrow('differ in LOG_FORMAT');
  expect(() => settingsPage(`${envExample}\n# X.\nLOG_COLOUR=x\n`)).toThrow('differ in LOG_COLOUR');
});
