import { expect, test } from 'vitest';
import { PlatformError } from '../../../src/chat/platform.ts';
import { createSlack, type SlackPlatform } from '../../../src/chat/slack/slack.ts';
import { silent } from '../../../src/telemetry/log.ts';
import type { SlackDouble } from '../../doubles/slack/double.ts';
import { sendSigned } from '../../doubles/slack/signed-request.ts';
import { double } from './support.ts';

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

test('a port in use is reported in one clear line', async () => {
  const slack = await double();
  const other = httpMode(slack, slack.port);
  const error: unknown = await other.start().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(PlatformError);
  expect(String(error)).toMatch(new RegExp(`SLACK_PORT ${slack.port} is in use.*Set SLACK_PORT`));
  expect(String(error)).not.toContain('\n');
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
  const bot = createSlack({
    botToken: slack.botToken,
    apiUrl: slack.apiUrl,
    signingSecret,
    port: 0,
    host: 'nowhere.invalid',
    log: silent,
  });
  const error: unknown = await bot.start().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(PlatformError);
  expect(String(error)).toMatch(/SLACK_PORT 0 cannot be opened \(E[A-Z_]+\).*Set SLACK_PORT/);
});
