import { expect, test } from 'vitest';
import { openEnvChannels } from '../../../src/channels/env-channels.ts';
import { isInUse } from '../../../src/store/channels.ts';
import { openTestChannels } from '../../channels/open-channels.ts';
import { createDeliveryFixture, MINUTE, SECOND } from '../../delivery/delivery-fixture.ts';
import { storedChannels } from '../../store/inspect.ts';
import { fakeQuestions, startBot } from './fake-questions.ts';
import { CHANNEL, calls, createGate, createRecordingLog, double, platform, posting } from './support.ts';

const TEAM = 'T0000000001';

/** A channel that takes cards, one of which is owed. */
const owing = async () => {
  const fixture = await createDeliveryFixture();
  const slack = await double({ now: () => fixture.now });
  await fixture.addChannel('slack', CHANNEL);
  await fixture.enqueueSlide('NVDA');
  const { log, lines } = createRecordingLog();
  const bot = platform(slack, { now: () => fixture.now, log });
  const courier = fixture.createCourier([bot], { log });
  const pass = async (minutes: number) => {
    for (const end = fixture.now + minutes * MINUTE; fixture.now < end; fixture.now += 10 * SECOND)
      await courier.run(fixture.now);
  };
  return { fixture, slack, courier, pass, lines };
};

test('a card that is owed goes out by itself after the token was refused once', async () => {
  const { slack, courier, pass } = await owing();
  slack.fail({ method: 'chat.postMessage', how: { kind: 'error', error: 'invalid_auth' } });
  await pass(1 / 6);
  expect(courier.closures().get('slack')).toMatchObject({
    cause: 'credential',
    reason: expect.stringMatching(/invalid_auth.*SLACK_BOT_TOKEN.*allowed IP/s),
  });
  await pass(5);
  expect(slack.messages(CHANNEL)).toHaveLength(1);
  expect(courier.closures().size).toBe(0);
  expect(calls(slack, 'auth.test')).toBe(1);
});

test('a token that stays bad is asked ever more rarely, said as an error, and used as soon as it is good', async () => {
  const { slack, courier, pass, lines } = await owing();
  slack.revokeToken('invalid_auth');
  await pass(120);
  expect(courier.closures().get('slack')).toMatchObject({ cause: 'credential' });
  expect(calls(slack, 'auth.test')).toBeLessThan(20);
  expect(calls(slack, 'chat.postMessage')).toBe(1);
  expect(lines.filter(({ message }) => message.includes('refused the credential for 10 minutes'))).toHaveLength(1);
  slack.restoreTokens();
  await pass(16);
  expect(slack.messages(CHANNEL)).toHaveLength(1);
});

test('posts that are refused although auth.test is good are tried ever more rarely, and the platform stays closed', async () => {
  const { slack, courier, pass } = await owing();
  const how = { kind: 'error', error: 'invalid_auth' } as const;
  const mend = slack.fail(({ method }) => (method === 'chat.postMessage' ? how : undefined));
  await pass(10);
  for (let n = 0; n < 60; n += 1) {
    await pass(1);
    expect(courier.closures().get('slack')).toMatchObject({ cause: 'credential' });
  }
  expect(calls(slack, 'chat.postMessage')).toBeLessThan(20);
  mend();
  await pass(16);
  expect(slack.messages(CHANNEL)).toHaveLength(1);
});

test('at token_expired the remedy is to switch rotation off, and not to copy the token again', async () => {
  const slack = await double();
  slack.revokeToken('token_expired');
  const outcome = await platform(slack).post(posting());
  expect(outcome).toMatchObject({ kind: 'credential', remedy: expect.stringMatching(/rotation.*OAuth & Permissions/) });
  expect(outcome).not.toMatchObject({ remedy: expect.stringMatching(/copy/i) });
});

test('a token that begins with xoxe. is said to expire, at the start and in what is known of the platform', async () => {
  const slack = await double({ botToken: 'xoxe.xoxb-1-EXAMPLE' });
  const { log, lines } = createRecordingLog();
  const bot = platform(slack, { log });
  await bot.start();
  const said = expect.stringMatching(/^SLACK_BOT_TOKEN.*expires within twelve hours.*rotation.*api\.slack\.com\/apps/);
  expect(lines.filter(({ level }) => level === 'warn')).toEqual([
    expect.objectContaining({ fields: { reason: said } }),
  ]);
  expect(bot.notes?.()).toEqual([{ text: said, key: 'slack-rotation' }]);
  expect(JSON.stringify(lines)).not.toContain('EXAMPLE');
});

test('a token that is refused once Slack can be reached is asked again until it is good', async () => {
  const slack = await double();
  slack.fail({ method: 'auth.test', how: { kind: 'status', status: 503 } });
  const gate = createGate();
  const bot = platform(slack, { sleep: gate.sleep, random: () => 0.5 });
  await bot.start();
  slack.revokeToken('invalid_auth');
  const asked = () => calls(slack, 'auth.test');
  const next = async () => {
    const before = asked();
    await gate.waiting();
    gate.release();
    await slack.until(() => asked() > before);
  };
  for (let n = 0; n < 6; n += 1) await next();
  slack.restoreTokens();
  await next();
  const before = gate.waits.length;
  await expect.poll(() => bot.post(posting())).toMatchObject({ kind: 'sent' });
  // Minutes apart while it was refused, at most fifteen.
  expect(gate.waits.slice(0, before)).toEqual([750, 45_000, 90_000, 180_000, 360_000, 675_000, 675_000]);
});

test.each(['token_revoked', 'account_inactive'])(
  'a workspace whose token answers %s twice is away until the token is good again',
  async (code) => {
    const room = await openTestChannels();
    const slack = await double();
    const bot = await startBot(slack, fakeQuestions(), { events: room.events });
    await slack.inviteBot();
    await expect.poll(() => room.channels.at({ platform: 'slack', address: CHANNEL })).toBeDefined();
    const before = await room.channels.at({ platform: 'slack', address: CHANNEL });
    slack.revokeToken(code);
    expect(await bot.post(posting())).toMatchObject({ kind: 'credential' });
    expect(await room.channels.at({ platform: 'slack', address: CHANNEL })).toEqual(before);
    expect(await bot.takesCredential?.()).toBe(false);
    await expect.poll(async () => (await storedChannels(room.store.db)).filter(isInUse)).toEqual([]);
    expect(bot.connection?.()).toMatchObject({ reason: expect.stringContaining(code) });
    slack.restoreTokens();
    expect(await bot.takesCredential?.()).toBe(true);
    await expect.poll(() => room.channels.at({ platform: 'slack', address: CHANNEL })).toEqual(before);
    expect(bot.connection?.()).toBeUndefined();
    expect(await bot.post(posting())).toMatchObject({ kind: 'sent' });
  },
);

test('the channel of .env comes back with its workspace, too', async () => {
  const room = await openTestChannels();
  await openEnvChannels(room.registry, [{ platform: 'slack', address: CHANNEL, started: true }], 'en', Date.now());
  const slack = await double();
  const bot = await startBot(slack, fakeQuestions(), { events: room.events });
  await bot.check?.(CHANNEL);
  const channel = () => room.channels.at({ platform: 'slack', address: CHANNEL });
  await expect.poll(channel).toMatchObject({ workspace: TEAM });
  slack.revokeToken();
  expect(await bot.takesCredential?.()).toBe(false);
  await expect.poll(channel).toBeUndefined();
  slack.restoreTokens();
  expect(await bot.takesCredential?.()).toBe(true);
  await expect.poll(channel).toMatchObject({ workspace: TEAM, origin: 'env' });
});

test("a channel of another workspace than the token's is kept, and paused", async () => {
  const slack = await double({ channels: [] });
  const bot = platform(slack);
  await bot.start();
  expect(await bot.post(posting({ workspace: 'T0000000009' }))).toMatchObject({
    kind: 'forbidden',
    why: { key: 'slack-elsewhere', values: { workspace: 'T0000000009' } },
  });
  expect(await bot.post(posting({ workspace: TEAM, key: 'd-2' }))).toMatchObject({ kind: 'gone' });
  expect(await bot.post(posting({ key: 'd-3' }))).toMatchObject({ kind: 'gone' });
});

test('an app that another workspace has uninstalled is not ours', async () => {
  const slack = await double();
  const bot = platform(slack);
  await bot.start();
  await slack.send('events_api', {
    type: 'event_callback',
    team_id: 'T0000000009',
    authorizations: [{ team_id: 'T0000000009', user_id: 'U0000000009' }],
    event: { type: 'app_uninstalled' },
    event_id: 'Ev1',
  });
  expect(await bot.post(posting())).toMatchObject({ kind: 'sent' });
});
