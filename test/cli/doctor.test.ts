import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Bar } from '../../src/market/bar.ts';
import { writeBars } from '../../src/store/bars.ts';
import { openChannel } from '../../src/store/channels.ts';
import { writeLacks } from '../../src/store/pauses.ts';
import { writePriceMemory } from '../../src/store/price-memories.ts';
import { openStore } from '../../src/store/store.ts';
import { lacksToStore } from '../../src/stories/lacks.ts';
import { CHANNEL } from '../doubles/both-chats.ts';
import { startYahooDouble } from '../doubles/yahoo/index.ts';
import { temporaryFolder } from '../market/temporary.ts';
import { doctor, spawnedDoctor, worlds } from './doctor-worlds.ts';

test('a bot that is well has a line for each thing that was looked at, and posts nothing', async () => {
  const { discord, slack, env } = await worlds();
  const { lines, status, stderr } = await spawnedDoctor(env);
  const shape = lines.map((line) => (/^(ok|--|!!) {2}/.test(line) ? line.slice(0, 2) : line));
  const works = Array.from({ length: 19 }, () => 'ok');
  expect(shape).toEqual(['What works', ...works, '', 'Not set up, or nothing there yet', '--', '--', '--']);
  for (const name of [`discord channel ${CHANNEL}`, 'slack channel C0000000001'])
    expect(lines).toContainEqual(
      expect.stringMatching(new RegExp(`^ok {2}next digest: ${name}, 20..-..-.. 1[36]:15 \\(America/New_York\\)$`)),
    );
  expect(lines).toContain('ok  Yahoo: last NVDA trade 2 minutes ago');
  expect(lines).toContain('ok  Finnhub: last NVDA trade 3 minutes ago');
  expect(lines).toContain('ok  Tiingo: last NVDA trade 4 minutes ago');
  expect(lines).toContain(`ok  Discord: token valid, channel ${CHANNEL} found`);
  const page = `https://discord.com/oauth2/authorize?client_id=${discord.applicationId}`;
  expect(lines).toContain(
    `ok  Discord: Invite the bot to a server: ${page}&scope=bot+applications.commands&permissions=274878008320`,
  );
  expect(lines).toContain(
    `ok  Discord: Add its questions to a person's own chats: ${page}&scope=applications.commands&integration_type=1`,
  );
  expect(lines).toContain('ok  Slack: token valid, channel C0000000001 found');
  expect(lines).toContain('--  webhooks: none set up (config/channels.yaml)');
  expect([status, stderr]).toEqual([0, '']);
  expect([discord.messages(CHANNEL), slack.messages('C0000000001')]).toEqual([[], []]);
});

test('a platform that cannot be used, or is not set up, has its link all the same', async () => {
  const { discord, env } = await worlds();
  const id = '112233445566778899';
  const token = `${Buffer.from(id).toString('base64url')}.GqR5xY.kLmNoPqRsTuVwXyZ`;
  const { SLACK_BOT_TOKEN: _, SLACK_APP_TOKEN: __, SLACK_CHANNEL_ID: ___, ...rest } = env;
  discord.revokeToken();
  const { lines } = await doctor({ ...rest, DISCORD_TOKEN: token });
  expect(lines).toContainEqual(expect.stringMatching(/^!! {2}Discord: Discord rejected DISCORD_TOKEN/));
  expect(lines).toContainEqual(
    expect.stringContaining(`https://discord.com/oauth2/authorize?client_id=${id}&scope=bot+applications.commands&`),
  );
  expect(lines).toContain('--  Slack: SLACK_BOT_TOKEN is not set');
  expect(lines).toContain(
    '--  Slack: Create the app in a workspace, from the manifest: paste config/slack-manifest.json at https://api.slack.com/apps > Create New App > From a manifest (the README has a link that does it)',
  );
  expect(lines.join('\n')).not.toContain(token);
});

test('without a contact for EDGAR it says how old the figures are, and what to set', async () => {
  const { EDGAR_CONTACT: _, ...env } = (await worlds()).env;
  const { lines, status } = await doctor(env);
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^-- {2}EDGAR: EDGAR_CONTACT is not set: new quarters are not picked up, and the newest figure is of 20..-..-.., (?:\d+ days? ago|but by this computer's clock .+)\. Set EDGAR_CONTACT in \.env to your name and e-mail address$/,
    ),
  );
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^(?:ok|--) {2}facts: \d+ figures on file, latest published 20..-..-.., (?:\d+ days? ago|which is to come .+)$/,
    ),
  );
  expect(status).toBe(0);
});

test('a clock that is off is said last, with what to do', async () => {
  const { env } = await worlds(() => Date.now() - 62 * 60_000);
  const { lines, status } = await doctor(env);
  expect(lines.at(-1)).toBe(
    "!!  This computer's clock is 62 minutes ahead of Yahoo's, Discord's and Slack's; set it (ntp).",
  );
  expect(status).toBe(1);
});

test('what is not settled about prices is said, with since when', async () => {
  const { env } = await worlds();
  const url = `sqlite:${join(temporaryFolder(), 'own.db')}`;
  const store = await openStore(url);
  const since = Date.parse('2025-06-02T13:31:00Z');
  const bar = (session: string): Bar => ({ session, open: 1, high: 1, low: 1, close: 1, volume: 0 });
  await writeBars(store.db, 'META', ['2025-05-09', '2025-05-13', '2025-05-14'].map(bar), []);
  await writeBars(store.db, 'AAPL', ['2025-05-23', '2025-05-27'].map(bar), []);
  await writePriceMemory(store.db, 'NVDA', { doubt: { reason: 'split told', session: '2025-06-02', since } });
  await writePriceMemory(store.db, 'AMZN', { doubt: { reason: 'previous close', session: '2025-06-02', since } });
  await writePriceMemory(store.db, 'TSLA', {
    doubt: { reason: 'first history', session: '2025-06-02', since },
    jump: { first: 1, price: 12_345_678, tradeTime: since, since, firstTrade: since, seen: 1 },
  });
  await store.close();
  const { lines, status } = await doctor({ ...env, DATABASE_URL: url });
  expect(lines.filter((line) => line.includes('prices: ')).toSorted()).toEqual([
    '--  prices: AMZN, since 2025-06-02 09:31 New York, the unit of its prices is in doubt, and its history is asked for until it follows',
    '--  prices: META, its history lacks the close of 2025-05-12, which is asked for each session',
    '--  prices: NVDA, since 2025-06-02 09:31 New York, a split is told that its prices do not follow, and its history is asked for until it does',
    '--  prices: TSLA, since 2025-06-02 09:31 New York, a jump to 12.35 waits for confirmation',
    '--  prices: TSLA, since 2025-06-02 09:31 New York, its first history is in doubt; until another answer agrees, only falls of a day are told',
  ]);
  expect(status).toBe(0);
});

test('what is wrong is said with what to do, each by itself, and never with a token', async () => {
  const { discord, slack, env } = await worlds();
  discord.revokeToken();
  slack.kick('C0000000001');
  const { lines, status } = await doctor({ ...env, YAHOO_URL: 'http://127.0.0.1:9', FINNHUB_TOKEN: 'of-no-use' });
  const bad = lines.filter((line) => line.startsWith('!!'));
  expect(bad).toHaveLength(4);
  expect(bad[0]).toMatch(/^!! {2}Yahoo cannot be reached .*; check the network or YAHOO_URL/);
  expect(bad[1]).toMatch(/^!! {2}Finnhub rejected FINNHUB_TOKEN \(HTTP 401\); check it$/);
  expect(bad[2]).toMatch(/Discord: .*DISCORD_TOKEN/);
  expect(bad[3]).toMatch(/Slack: .*\/invite @Slidewatch/);
  expect(lines.join('\n')).not.toContain(env.DISCORD_TOKEN);
  expect(lines.join('\n')).not.toContain(env.SLACK_BOT_TOKEN);
  expect(lines.join('\n')).not.toContain('of-no-use');
  expect(status).toBe(1);
});

test('a backup that is set up is not asked for, and a token that is right is not doubted', async () => {
  const { env, yahoo, finnhub } = await worlds();
  yahoo.fail({ fault: 'invalid-crumb', times: Number.POSITIVE_INFINITY });
  finnhub.fail(() => 'throttled');
  const bad = (await doctor(env)).lines.filter((each) => each.startsWith('!!'));
  expect(bad).toHaveLength(2);
  expect(bad[1]).toMatch(/^!! {2}Finnhub is rate limiting us \(HTTP 429\); wait a minute/);
  expect(bad.join()).not.toMatch(/FINNHUB_TOKEN|network/);
});

test('consent pages that lead nowhere name another region and a newer library', async () => {
  const { env } = await worlds();
  const stuck = await startYahooDouble({ consent: 'stuck' });
  onTestFinished(() => stuck.close());
  const { lines } = await doctor({ ...env, YAHOO_URL: stuck.url });
  expect(lines).toContainEqual(
    expect.stringMatching(/^!! {2}Yahoo asks for cookie consent .*another region .*newer version of yahoo-finance2$/),
  );
});

test('a platform without a channel is well, and the line says what makes one', async () => {
  const { env } = await worlds();
  const { DISCORD_CHANNEL_ID: _, SLACK_CHANNEL_ID: __, ...rest } = env;
  const { lines, status } = await doctor(rest);
  for (const [name, setup] of [
    ['Discord', '/setup'],
    ['Slack', '/slidewatch setup'],
  ])
    expect(lines).toContain(`ok  ${name}: token valid; no channel in .env: use ${setup} or invite the bot to one`);
  expect(status).toBe(0);
});

test("the next digest is told by a channel's own settings, and one that wants none says how to have it", async () => {
  const { env } = await worlds();
  const path = join(temporaryFolder(), 'own.db');
  const store = await openStore(`sqlite:${path}`);
  for (const [platform, address, settings] of [
    ['discord', CHANNEL, { timeZone: 'Asia/Seoul', digest: { at: '07:00' } }],
    ['slack', 'C0000000001', { kinds: ['drawdown'] }],
  ] as const)
    await openChannel(store.db, { platform, address, language: 'en', settings: JSON.stringify(settings) }, 0);
  await store.close();
  const { lines } = await doctor({ ...env, DATABASE_URL: `sqlite:${path}` });
  expect(lines).toContainEqual(
    expect.stringMatching(/^ok {2}next digest: discord channel \d+, 20..-..-.. 07:00 \(Asia\/Seoul\)$/),
  );
  expect(lines).toContain(
    '--  next digest: slack channel C0000000001 is off; turn it on there with /slidewatch schedule on',
  );
});

test('what the running bot alone can see is told, and what channels refuse', async () => {
  const { env } = await worlds();
  const board = createServer((_request, response) => {
    const disconnected = { since: Date.parse('2024-07-30T14:04:00Z'), reason: 'SLACK_PORT 3000 is in use.' };
    const slack = {
      name: 'slack',
      state: 'on',
      disconnected,
      notes: [{ text: 'Another process holds a socket.', key: 'slack-shared' }],
    };
    const discord = { name: 'discord', state: 'down', since: Date.parse('2024-07-30T14:05:00Z'), detail: 'Refused.' };
    response.end(JSON.stringify({ platforms: [slack, discord] }));
  });
  await new Promise<void>((resolve) => board.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void board.close());
  const folder = temporaryFolder();
  const DATABASE_URL = `sqlite:${join(folder, 'bot.db')}`;
  const store = await openStore(DATABASE_URL);
  const { id } = await openChannel(store.db, { platform: 'slack', address: 'C0000000001', language: 'en' }, 1);
  await writeLacks(store.db, id, lacksToStore({ picture: { at: 1, text: 'Slack refuses it (x). Ask an owner.' } }));
  await store.close();
  const { port } = board.address() as AddressInfo;
  const { lines, status } = await doctor({ ...env, DATABASE_URL, BOARD_PORT: String(port) });
  expect(status).toBe(1);
  expect(lines.filter((line) => line.startsWith('!!'))).toEqual([
    '!!  slack channel C0000000001: cards come without picture; Slack refuses it (x). Ask an owner.',
    '!!  running bot: slack not connected since 2024-07-30 14:04 UTC: SLACK_PORT 3000 is in use.',
    '!!  running bot: slack: Another process holds a socket.',
    '!!  running bot: discord takes no cards since 2024-07-30 14:05 UTC: Refused.',
  ]);
});
