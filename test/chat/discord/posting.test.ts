import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type DiscordOptions } from '../../../src/chat/discord/discord.ts';
import { createInvalidRequestGuard } from '../../../src/chat/discord/invalid-request-guard.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { type Fault, refusal } from '../../doubles/discord/faults.ts';
import { eventually } from '../../eventually.ts';
import { holdTimeouts } from '../../held-timeouts.ts';
import { nextEvent } from '../../next-event.ts';
import { CHANNEL, PNG, posting, slideCard } from './samples.ts';

let double: DiscordDouble;
const opened: Platform[] = [];

const open = (options: Partial<DiscordOptions> = {}): Platform => {
  const discord = createDiscord({ token: double.token, apiUrl: double.apiUrl, log: silent, ...options });
  opened.push(discord);
  return discord;
};

beforeEach(async () => {
  double = await startDiscordDouble();
  double.addChannel(CHANNEL);
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((discord) => discord.stop()));
  await double.close();
});

const meets = (fault: Fault, times = 1) => double.fail({ fault, times });

/** Held back by the tests that use it. */
const TIMEOUT_MS = 9_000;

describe('posting to Discord', () => {
  it('puts a card with its picture into the channel once, valid, with alternative text', async () => {
    const outcome = await open().post(posting());
    const [message] = double.messages(CHANNEL);
    expect(outcome).toEqual({ kind: 'sent', messageId: message?.id });
    expect(double.messages(CHANNEL)).toHaveLength(1);
    expect(double.invalid).toEqual([]);
    expect(message?.files).toEqual([{ field: 'files[0]', name: 'slide-nvda.png', type: 'image/png', bytes: PNG }]);
    expect(JSON.stringify(message?.payload)).toContain(
      JSON.stringify({ media: { url: 'attachment://slide-nvda.png' }, description: slideCard.picture?.alt }),
    );
  });

  it('posts a card without a picture', async () => {
    const { png: _, ...rest } = posting();
    expect(await open().post(rest)).toMatchObject({ kind: 'sent' });
    expect(double.messages(CHANNEL)[0]?.files).toEqual([]);
  });

  it('is unknown when the answer is lost, and finds the first message on the next try', async () => {
    let time = Date.now();
    const discord = open({ now: () => time });
    meets({ kind: 'lose-answer' });
    expect(await discord.post(posting())).toMatchObject({ kind: 'unknown' });
    time += 60_000;
    expect(await discord.post(posting({ maybePosted: true }))).toEqual({
      kind: 'sent',
      messageId: double.messages(CHANNEL)[0]?.id,
      duplicate: true,
    });
    expect(double.messages(CHANNEL)).toHaveLength(1);
  });

  it('is unknown when the connection is cut before anything is applied, and the next try posts', async () => {
    meets({ kind: 'disconnect' });
    const discord = open();
    expect(await discord.post(posting())).toMatchObject({ kind: 'unknown' });
    expect(double.messages(CHANNEL)).toHaveLength(0);
    expect(await discord.post(posting({ maybePosted: true }))).toMatchObject({ kind: 'sent' });
    expect(double.messages(CHANNEL)).toHaveLength(1);
  });

  it.each([500, 502, 503])('is unknown for a %i after one request', async (status) => {
    meets({ kind: 'status', status });
    expect(await open().post(posting())).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining(`${status}`),
    });
    expect(double.requests).toHaveLength(1);
  });

  it.each(['hang', 'hang-in-body'] as const)('gives up on an answer that never ends (%s)', async (kind) => {
    meets({ kind });
    const timeouts = holdTimeouts((ms) => ms === TIMEOUT_MS);
    const outcome = open({ timeoutMs: TIMEOUT_MS }).post(posting());
    await eventually(() => expect(double.requests).toHaveLength(1));
    timeouts.expire();
    expect(await outcome).toMatchObject({ kind: 'unknown' });
  });

  it('is later, not unknown, when a refusal is cut off: nothing was posted', async () => {
    double.addChannel(CHANNEL, { sendMessages: false });
    meets({ kind: 'hang-in-body' });
    const timeouts = holdTimeouts((ms) => ms === TIMEOUT_MS);
    const begun = nextEvent('undici:request:headers', double.apiUrl);
    const outcome = open({ timeoutMs: TIMEOUT_MS }).post(posting());
    await begun;
    timeouts.expire();
    expect(await outcome).toMatchObject({ kind: 'later' });
  });

  it('is later when nothing listens', async () => {
    await double.close();
    expect(await open().post(posting())).toMatchObject({
      kind: 'later',
      reason: expect.stringContaining('ECONNREFUSED'),
    });
    double = await startDiscordDouble();
  });

  it('waits for one channel when Discord limits that channel', async () => {
    const other = '112233445566778800';
    double.addChannel(other);
    const discord = open();
    meets({ kind: 'too-many', retryAfter: 30, scope: 'user' });
    const first = await discord.post(posting());
    expect(first).toMatchObject({
      kind: 'later',
      afterMs: expect.toSatisfy((ms: number) => ms >= 30_000 && ms < 31_000),
    });
    expect(await discord.post(posting())).toMatchObject({ kind: 'later' });
    expect(double.requests).toHaveLength(1);
    expect(await discord.post(posting({ channelId: other }))).toMatchObject({ kind: 'sent' });
  });

  it('waits for every channel when Discord limits the bot', async () => {
    let time = Date.now();
    const discord = open({ now: () => time });
    meets({ kind: 'too-many', retryAfter: 0.2, scope: 'global' });
    expect(await discord.post(posting())).toMatchObject({
      kind: 'later',
      reason: 'Discord is rate limiting the bot.',
    });
    expect(await discord.post(posting({ channelId: '112233445566778800' }))).toMatchObject({ kind: 'later' });
    expect(double.requests).toHaveLength(1);
    time += 1_000;
    expect(await discord.post(posting())).toMatchObject({ kind: 'sent' });
  });

  it('does not try again at once when a 429 names no time', async () => {
    meets({ kind: 'too-many', retryAfter: null, scope: 'shared' }, 100);
    expect(await open().post(posting())).toMatchObject({
      kind: 'later',
      afterMs: expect.toSatisfy((ms: number) => ms >= 1_000),
    });
    expect(double.requests).toHaveLength(1);
  });

  it("obeys the limits in Discord's headers, without one 429", async () => {
    await double.close();
    double = await startDiscordDouble({ limits: { route: { requests: 2, seconds: 0.3 } } });
    double.addChannel(CHANNEL);
    const discord = open();
    for (let n = 0; n < 5; n += 1)
      expect(await discord.post(posting({ key: `k-${n}` }))).toMatchObject({ kind: 'sent' });
    expect(double.requests.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });

  it("is gone for a channel that is deleted, and for an id that is not a channel's", async () => {
    double.removeChannel(CHANNEL);
    const discord = open();
    expect(await discord.post(posting())).toMatchObject({ kind: 'gone' });
    expect(await discord.post(posting({ channelId: '../../users/@me' }))).toMatchObject({ kind: 'gone' });
    expect(double.requests).toHaveLength(1);
  });

  it.each([
    ['viewChannel', 'View Channel'],
    ['sendMessages', 'Send Messages'],
  ])('names the permission when %s is missing', async (permission, words) => {
    double.addChannel(CHANNEL, { [permission]: false });
    expect(await open().post(posting())).toMatchObject({ kind: 'forbidden', remedy: expect.stringContaining(words) });
  });

  it('is rejected when Discord finds the message invalid, with the reason', async () => {
    expect(await open().post(posting({ key: 'x'.repeat(26) }))).toMatchObject({
      kind: 'rejected',
      reason: expect.stringMatching(/nonce|Invalid Form Body/),
    });
    expect(double.messages(CHANNEL)).toHaveLength(0);
  });

  it('says how to get a new token where it is refused, and posts once it is good again', async () => {
    double.fail({ fault: refusal(401, 0, '401: Unauthorized'), times: 2, matching: () => true });
    const discord = open();
    const refused = {
      kind: 'credential',
      reason: expect.stringContaining('DISCORD_TOKEN'),
      remedy: expect.stringContaining('Reset'),
    };
    expect(await discord.post(posting())).toMatchObject(refused);
    expect(await discord.takesCredential?.()).toBe(false);
    expect(await discord.takesCredential?.()).toBe(true);
    expect(await discord.post(posting())).toMatchObject({ kind: 'sent' });
  });

  it('leaves it to a card whether an account is taken that was refused with its token', async () => {
    double.fail({ fault: refusal(403, 40002, 'Verify your account') });
    const discord = open();
    expect(await discord.post(posting())).toMatchObject({ kind: 'credential' });
    expect(await discord.takesCredential?.()).toBeUndefined();
  });

  it('stops sending at 2,000 invalid answers, until they are ten minutes old', async () => {
    let time = Date.now();
    const guard = createInvalidRequestGuard(() => time);
    for (let n = 0; n < 1_999; n += 1) guard.record(403, null);
    const discord = open({ guard, now: () => time });
    double.addChannel(CHANNEL, { sendMessages: false });
    expect(await discord.post(posting())).toMatchObject({ kind: 'forbidden' });
    expect(await discord.post(posting())).toMatchObject({ kind: 'later', afterMs: 600_000 });
    expect(double.requests).toHaveLength(1);
    time += 600_000;
    expect(await discord.post(posting())).toMatchObject({ kind: 'forbidden' });
  });

  it.each([
    ['user', 1],
    ['global', 1],
    ['shared', 0],
  ] as const)('counts a 429 of scope %s as %i invalid requests', async (scope, invalid) => {
    const guard = createInvalidRequestGuard(Date.now);
    for (let n = 0; n < 1_999; n += 1) guard.record(401, null);
    meets({ kind: 'too-many', retryAfter: 1, scope });
    await open({ guard }).post(posting());
    expect(guard.waitMs() > 0).toBe(invalid === 1);
  });

  it("never lets a card's text ping or format", async () => {
    const evil = '# @everyone <@1> **b** [x](https://evil.example)\n-# `c` ||d|| > q';
    const row = { label: evil, text: evil, aside: evil, link: 'javascript:alert(1)' };
    const card = {
      ...slideCard,
      title: evil,
      tag: evil,
      lead: [evil],
      footer: [evil],
      sections: [{ heading: evil, rows: [row] }],
    };
    expect(await open().post(posting({ card }))).toMatchObject({ kind: 'sent' });
    const [message] = double.messages(CHANNEL);
    expect(message?.payload.allowed_mentions).toEqual({ parse: [] });
    const text = JSON.stringify(message?.payload.components);
    expect(text).not.toMatch(/@everyone|<@1>|[^\\]\]\(|https:\/\/evil|javascript/);
  });

  it('never throws and never reveals the token, whatever fails', async () => {
    const faults: Fault[] = [
      { kind: 'status', status: 500 },
      { kind: 'disconnect' },
      { kind: 'too-many', retryAfter: 0, scope: 'shared' },
      { kind: 'status', status: 403 },
    ];
    for (const fault of faults) {
      meets(fault);
      expect(JSON.stringify(await open().post(posting()))).not.toContain(double.token);
    }
  });
});

describe('posting during many random faults', () => {
  it('delivers each card exactly once when every unknown outcome is tried again', async () => {
    await double.close();
    double = await startDiscordDouble({ limits: { route: { requests: 1_000, seconds: 1 }, globalPerSecond: 1_000 } });
    double.addChannel(CHANNEL);
    const faults: Fault[] = [{ kind: 'lose-answer' }, { kind: 'disconnect' }, { kind: 'status', status: 502 }];
    double.fail({ rate: 0.4, seed: 7, faults });
    const discord = open();
    const keys = Array.from({ length: 30 }, (_, n) => `card-${n}`);
    for (const key of keys) {
      let outcome = await discord.post(posting({ key }));
      for (let tries = 0; outcome.kind !== 'sent' && tries < 30; tries += 1) {
        expect(outcome.kind).toBe('unknown');
        outcome = await discord.post(posting({ key, maybePosted: true }));
      }
    }
    expect(double.messages(CHANNEL).map(({ nonce }) => nonce)).toEqual(keys);
    expect(double.requests.length).toBeGreaterThan(keys.length);
  });
});
