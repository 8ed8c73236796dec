import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeBars } from '../../src/store/bars.ts';
import { openChannel, writeSettings } from '../../src/store/channels.ts';
import { openStore } from '../../src/store/store.ts';
import { root } from '../../src/util/read-config.ts';
import { recordedBars } from '../../src/watch/recorded-slide.ts';
import { temporaryFolder } from '../market/temporary.ts';
import { slidewatch, withEnv } from './in-process.ts';

const SAMPLE = join(root, 'config/samples/summer-2024');
const replay = (...args: readonly string[]) => slidewatch('replay', ...args);

/** A database with the closes of Nvidia, and one channel with rules of its own. */
const ownDatabase = async (): Promise<string> => {
  const path = join(temporaryFolder(), 'own.db');
  const store = await openStore(`sqlite:${path}`);
  const settings = { without: ['MSFT'], rules: { NVDA: { drawdown: { 252: [1_500], 20: [] }, day: [] } } };
  await store.transaction(async (db) => {
    await writeBars(db, 'NVDA', recordedBars('NVDA'), []);
    await writeBars(db, 'MSFT', recordedBars('MSFT'), []);
    const { id } = await openChannel(db, { platform: 'slack', address: 'C0123', language: 'en' }, 0);
    await writeSettings(db, id, JSON.stringify(settings));
  });
  await store.close();
  withEnv({ DATABASE_URL: `sqlite:${path}` });
  return path;
};

test('levels of one’s own are told as the card of the chats', async () => {
  const { code, out } = await replay('--prices', SAMPLE, '--symbols', 'nvda', '--levels', '20,10', '--day', '5');
  expect(code).toBe(0);
  expect(out).toContain('│ Nvidia: 52 alerts since 3 Jan 2022');
  expect(out).toContain('10, 20% below the 252-session peak; 5% in a day');
  expect(out).toContain('Closes up to 30 Sep 2024 (price files).');
  const korean = await replay('--prices', SAMPLE, '--symbols', 'nvda', '--levels', '10', '--language', 'ko');
  expect(korean.out).toContain('엔비디아: 2022년 1월 3일 이후 알림');
});

test('the same levels as a list are what the summary counts', async () => {
  const args = ['--prices', SAMPLE, '--symbols', 'nvda', '--levels', '10,20', '--day', '5'];
  const { out } = await replay(...args, '--format', 'ndjson');
  const alerts = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string; at: string; level: number });
  expect(new Set(alerts.map(({ at }) => at)).size).toBe(52);
  expect(new Set(alerts.map(({ kind, level }) => `${kind} ${level}`))).toEqual(
    new Set(['drawdown 10', 'drawdown 20', 'day 5']),
  );
});

test('without files the closes are those of the database, and a channel’s rules those that it has set', async () => {
  const path = await ownDatabase();
  const { code, out, err } = await replay('--channel', 'C0123', '--format', 'text');
  expect(code).toBe(0);
  expect(
    out
      .trim()
      .split('\n')
      .every((line) => line.includes('NVDA  252/15%')),
  ).toBe(true);
  expect(err).toBe(`prices: the closes in the database ${path}, 2015-01-02 to 2024-09-30\n`);
  const summary = await replay('--channel', 'slack:C0123', '--to', '2023-12-29');
  expect(summary.out).toContain("this channel's own");
  expect(summary.out).toContain('Closes up to 29 Dec 2023 (saved closes).');
  expect(summary.out).not.toContain('Microsoft');
});

test('a channel that is only in .env has the rules of the watchlist', async () => {
  withEnv({ DISCORD_TOKEN: 'x.y.z', DISCORD_CHANNEL_ID: '112233445566778899' });
  const { code, out } = await replay('--prices', SAMPLE, '--symbols', 'nvda', '--channel', '112233445566778899');
  expect(code).toBe(0);
  expect(out).toContain('10, 20, 30, 40, 50, 60, 70, 80% below the 252-session peak; 15, 25% below');
});

test.each<[string, string[], RegExp]>([
  ['a level of 0', ['--levels', '0'], /^--levels "0": expected up to 20 percentages from 0\.01 to 99\.99, like 10,20$/],
  ['a level that is a word', ['--day', 'abc'], /^--day "abc": expected up to 20 percentages/],
  ['40 levels', ['--levels', Array.from({ length: 40 }, (_, n) => n + 1).join()], /expected up to 20 percentages/],
  ['a symbol without a file', ['--levels', '10', '--symbols', 'foo'], /^--symbols FOO: no FOO\.csv at /],
  ['a first day of a summary', ['--levels', '10', '--from', '2024-01-01'], /^--from is for lists of alerts; /],
  ['nothing up to a day', ['--levels', '10', '--to', '2001-01-01'], /^nothing to play: no closes up to 2001-01-01/],
  ['an unknown language', ['--levels', '10', '--language', 'xx'], /^--language "xx": expected en or ko$/],
  [
    'an unknown channel',
    ['--channel', 'C9'],
    /^--channel C9: no such channel; the bot has none yet: set one up, or give --levels and --day$/,
  ],
])('%s is told in one line', async (_, args, said) => {
  const { code, out, err } = await replay('--prices', SAMPLE, ...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err.trimEnd()).toMatch(said);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
});

test('an unknown channel is told with those that there are, and a database without closes with what helps', async () => {
  await ownDatabase();
  const unknown = await replay('--channel', 'C9');
  expect(unknown.err).toBe('--channel C9: no such channel; the bot has slack:C0123\n');
  const path = join(temporaryFolder(), 'empty.db');
  await (await openStore(`sqlite:${path}`)).close();
  withEnv({ DATABASE_URL: `sqlite:${path}` });
  const empty = await replay('--levels', '10');
  expect(empty).toMatchObject({ code: 2, out: '' });
  expect(empty.err).toBe(
    `no prices: the database ${path} has no closes yet; start the bot once, which fetches them, or name files with --prices\n`,
  );
});

test('options of price files need files', async () => {
  for (const args of [['--history', SAMPLE], ['--split', '2024-06-10:10'], ['--keep-closed-days']])
    expect((await replay('--levels', '10', ...args)).err).toBe(`${args[0]} is for price files; add --prices\n`);
});
