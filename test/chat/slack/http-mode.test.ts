import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createSlack, type SlackPlatform } from '../../../src/chat/slack/slack.ts';
import { silent } from '../../../src/telemetry/log.ts';
import type { SlackDouble } from '../../doubles/slack/double.ts';
import { sendSigned } from '../../doubles/slack/signed-request.ts';
import { createGate, createRecordingLog, double, httpPlatform, posting, SIGNING_SECRET } from './support.ts';

const signingSecret = 'shhh';

const httpMode = (slack: SlackDouble, port = 0): SlackPlatform =>
  createSlack({ botToken: slack.botToken, apiUrl: slack.apiUrl, signingSecret, port, log: silent });

const fields = {
  command: '/weather',
  text: '',
  team_id: 'T0000000001',
  user_id: 'U0000000002',
  channel_id: 'C0000000001',
};

test('accepts a signed command on loopback', async () => {
  const bot = httpMode(await double());
  await bot.start();
  const address = bot.address() ?? '';
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/slack\/events$/);
  const answer = await sendSigned({ address, signingSecret, fields });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ response_type: 'ephemeral' });
  await bot.stop();
  expect(bot.connected()).toBe(false);
});

test('refuses a wrong signature, and a right one that is older than five minutes', async () => {
  const bot = httpMode(await double());
  await bot.start();
  const address = bot.address() ?? '';
  const wrong = await sendSigned({ address, signingSecret: 'guess', fields });
  const old = await sendSigned({ address, signingSecret, fields, timestamp: Math.floor(Date.now() / 1_000) - 400 });
  expect([wrong.status, old.status]).toEqual([401, 401]);
  await bot.stop();
});

test.each([
  ['six minutes', 6],
  ['a day', 24 * 60],
  ['minus six minutes', -6],
])(
  'a computer whose clock is %s ahead still takes what Slack has just signed, and nothing old or unsigned',
  async (_, aheadMinutes) => {
    const slack = await double();
    const now = () => Date.now() - aheadMinutes * 60_000;
    const bot = createSlack({
      botToken: slack.botToken,
      apiUrl: slack.apiUrl,
      signingSecret,
      port: 0,
      log: silent,
      now,
    });
    await bot.start();
    const address = bot.address() ?? '';
    const seconds = Math.floor(now() / 1_000);
    const statusOf = async (request: Partial<Parameters<typeof sendSigned>[0]>) =>
      (await sendSigned({ address, signingSecret, fields, timestamp: seconds, ...request })).status;
    expect(await statusOf({})).toBe(200);
    expect(await statusOf({ timestamp: seconds - 400 })).toBe(401);
    expect(await statusOf({ signingSecret: 'guess' })).toBe(401);
    expect(await statusOf({ address: address.replace('events', 'elsewhere') })).toBe(404);
    expect((await fetch(address, { method: 'POST', body: new URLSearchParams(fields) })).status).toBe(401);
    await bot.stop();
  },
);

test('a port in use costs the commands alone: it is said with its number, and taken when it is free', async () => {
  const slack = await double();
  const { log, lines } = createRecordingLog();
  const gate = createGate();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  let now = Date.parse('2024-07-30T14:04:00Z');
  const since = now;
  const bot = httpPlatform(slack, { port, log, sleep: gate.sleep, now: () => now, random: () => 0.5 });
  await bot.start();
  const reason = expect.stringMatching(new RegExp(`^SLACK_PORT ${port} is in use.*Set SLACK_PORT[^\n]*$`));
  const said = { key: 'slack-port', values: { port: String(port), code: 'EADDRINUSE' } };
  expect(bot.connection?.()).toEqual({ since, reason, ...said });
  expect(lines.filter(({ level }) => level === 'error')).toMatchObject([{ fields: { reason } }]);
  expect(await bot.post(posting())).toMatchObject({ kind: 'sent' });
  for (let n = 0; n < 3; n += 1) {
    await gate.waiting();
    now += 5 * 60_000;
    gate.release();
  }
  await expect.poll(() => lines.filter(({ level }) => level === 'error')).toHaveLength(2);
  expect(bot.connection?.()).toEqual({ since, reason, ...said });
  await gate.waiting();
  expect(gate.waits).toEqual([750, 1_500, 3_000, 6_000]);
  await new Promise((resolve) => other.close(resolve));
  gate.release();
  await expect.poll(() => bot.connected()).toBe(true);
  expect(bot.connection?.()).toBeUndefined();
  const timestamp = now / 1_000;
  const answer = await sendSigned({ address: bot.address() ?? '', signingSecret: SIGNING_SECRET, fields, timestamp });
  expect(answer.status).toBe(200);
});

test('a stop does not wait for a port', async () => {
  const slack = await double();
  const bot = httpPlatform(slack, { port: slack.port, sleep: createGate().sleep });
  await bot.start();
  await bot.stop();
  expect(bot.connected()).toBe(false);
});

test.each([
  ['another program has', 404, /SLACK_PORT \d+ is in use/],
  ['a running bot has', 401, undefined],
] as const)('a check of the port that %s ends as it should', async (_who, status, refusal) => {
  const slack = await double();
  const other = createServer((_request, response) => void response.writeHead(status).end());
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const looked = httpPlatform(slack, { port, onlyLook: true }).start();
  if (refusal === undefined) await expect(looked).resolves.toBeUndefined();
  else await expect(looked).rejects.toThrow(refusal);
  await new Promise((resolve) => other.close(resolve));
});

test('a check of a port that is free leaves it free', async () => {
  const slack = await double();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  await new Promise((resolve) => other.close(resolve));
  await httpPlatform(slack, { port, onlyLook: true }).start();
  const bot = httpPlatform(slack, { port });
  await bot.start();
  expect(bot.connected()).toBe(true);
});

test.each([
  ['null', 400],
  ['5', 400],
  ['[]', 400],
  ['"x"', 400],
  ['{}', 400],
  ['{"type":"event_callback","event":null}', 400],
  ['{"type":"event_callback","event":{"type":"app_home_opened","user":null}}', 400],
  ['{"type":"url_verification","challenge":"c"}', 200],
  ['{"type":"url_verification"}', 400],
  ['no json', 400],
])('a signed body %s is answered at once with %i, and the next command as ever', async (text, status) => {
  const slack = await double();
  const { log, lines } = createRecordingLog();
  const bot = httpPlatform(slack, { log });
  await bot.start();
  const address = bot.address() ?? '';
  const answer = await sendSigned({ address, signingSecret: SIGNING_SECRET, text });
  expect(answer.status).toBe(status);
  expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(status === 400 ? 1 : 0);
  expect((await sendSigned({ address, signingSecret: 'guess', text })).status).toBe(401);
  expect((await sendSigned({ address, signingSecret: SIGNING_SECRET, fields })).status).toBe(200);
});

test.each([
  [{ signingSecret }, /SLACK_SIGNING_SECRET is set but SLACK_PORT is not/],
  [{ port: 0 }, /SLACK_PORT is set but SLACK_SIGNING_SECRET is not/],
])('an incomplete setting is reported in one clear line: %o', async (half, line) => {
  const slack = await double();
  const bot = createSlack({ botToken: slack.botToken, apiUrl: slack.apiUrl, log: silent, ...half });
  await expect(bot.start()).rejects.toThrow(line);
});

test('any other refusal of the port is reported with its code', async () => {
  const slack = await double();
  // No host has this name (RFC 6761).
  const bot = httpPlatform(slack, { host: 'nowhere.invalid', sleep: createGate().sleep });
  await bot.start();
  expect(bot.connection?.()?.reason).toMatch(/SLACK_PORT 0 cannot be opened \(E[A-Z_]+\).*Set SLACK_PORT/);
});
