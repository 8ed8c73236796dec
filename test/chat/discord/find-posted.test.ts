import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDiscord } from '../../../src/chat/discord/discord.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { CHANNEL, posting } from './samples.ts';

const MINUTE_MS = 60_000;

let time: number;
let double: DiscordDouble;
let discord: Platform;

beforeEach(async () => {
  time = Date.parse('2024-07-30T16:00:00Z');
  double = await startDiscordDouble({
    now: () => time,
    limits: { route: { requests: 1_000, seconds: 1 }, globalPerSecond: 1_000 },
  });
  double.addChannel(CHANNEL);
  const { token, apiUrl } = double;
  discord = createDiscord({ token, apiUrl, log: silent, now: () => time, ratePerSecond: 1_000 });
});

afterEach(async () => {
  await discord.stop();
  await double.close();
});

/** A first try whose answer is lost, and a second one after its nonce is forgotten. */
const tryAfter = async (minutes: number, meanwhile: () => Promise<unknown> = async () => {}) => {
  const since = time;
  expect(await discord.post(posting())).toMatchObject({ kind: 'unknown' });
  await meanwhile();
  time += minutes * MINUTE_MS;
  return discord.post(posting({ maybePosted: true, since }));
};

const loseAnswer = () => double.fail({ fault: { kind: 'lose-answer' } });
const loseRequest = () => double.fail({ fault: { kind: 'disconnect' } });

describe('an answer that was lost longer ago than Discord remembers a nonce', () => {
  it('does not lead to a second message: the first is found by its number', async () => {
    loseAnswer();
    const outcome = await tryAfter(30);
    const [message, ...others] = double.messages(CHANNEL);
    expect(others).toEqual([]);
    expect(outcome).toEqual({ kind: 'sent', messageId: message?.id, duplicate: true });
  });

  it('is found behind hundreds of other messages, and its own card only', async () => {
    loseAnswer();
    const outcome = await tryAfter(30, async () => {
      for (let n = 0; n < 230; n += 1) await discord.post(posting({ key: `other-${n}` }));
    });
    expect(outcome).toEqual({ kind: 'sent', messageId: double.messages(CHANNEL)[0]?.id, duplicate: true });
  });

  it('is found behind hundreds of messages that were written between the start of the try and the card', async () => {
    const since = time;
    for (let n = 0; n < 230; n += 1) await discord.post(posting({ key: `other-${n}` }));
    loseAnswer();
    await discord.post(posting());
    time += 30 * MINUTE_MS;
    const outcome = await discord.post(posting({ maybePosted: true, since }));
    expect(outcome).toEqual({ kind: 'sent', messageId: double.messages(CHANNEL).at(-1)?.id, duplicate: true });
  });

  it('is found if our clock is up to a minute ahead of Discord’s', async () => {
    loseAnswer();
    await discord.post(posting());
    const since = time + MINUTE_MS;
    time += 30 * MINUTE_MS;
    expect(await discord.post(posting({ maybePosted: true, since }))).toMatchObject({ kind: 'sent', duplicate: true });
    expect(double.messages(CHANNEL)).toHaveLength(1);
  });

  it('posts the card if it is not among the others', async () => {
    loseRequest();
    const outcome = await tryAfter(30, () => discord.post(posting({ key: 'another' })));
    expect(outcome).toMatchObject({ kind: 'sent', messageId: double.messages(CHANNEL)[1]?.id });
    expect(double.messages(CHANNEL)).toHaveLength(2);
  });

  it('posts the card if nothing was written since, even if the history may not be read', async () => {
    double.hideHistory(CHANNEL);
    loseRequest();
    expect(await tryAfter(30)).toMatchObject({ kind: 'sent' });
    expect(double.messages(CHANNEL)).toHaveLength(1);
  });

  it('is unsure if something was written and the history may not be read, and posts nothing', async () => {
    double.hideHistory(CHANNEL);
    loseAnswer();
    expect(await tryAfter(30)).toMatchObject({
      kind: 'unsure',
      remedy: expect.stringContaining('Read Message History'),
    });
    expect(double.messages(CHANNEL)).toHaveLength(1);
  });

  it('tries later if the look-up fails, and posts nothing', async () => {
    loseAnswer();
    double.fail({ fault: { kind: 'status', status: 500 }, matching: ({ method }) => method === 'GET' });
    expect(await tryAfter(30)).toMatchObject({ kind: 'later' });
    expect(double.messages(CHANNEL)).toHaveLength(1);
  });

  it('does not read the history while the nonce is remembered', async () => {
    loseAnswer();
    expect(await tryAfter(1)).toMatchObject({ kind: 'sent', duplicate: true });
    expect(double.requests.map(({ method }) => method)).toEqual(['POST', 'POST']);
  });
});

describe('a person', () => {
  const PERSON = '300000000000000001';

  it('gets a direct message, in which nobody is pinged', async () => {
    expect(await discord.sendDirectMessage?.(PERSON, 'A sentence about <#1>.')).toBe(true);
    expect(double.directMessages(PERSON).map(({ payload }) => payload)).toEqual([
      { content: 'A sentence about <#1>.', allowed_mentions: { parse: [] } },
    ]);
  });

  it('who accepts none is reported as false, without an error', async () => {
    double.closeMessages(PERSON);
    expect(await discord.sendDirectMessage?.(PERSON, 'A sentence.')).toBe(false);
    expect(await discord.sendDirectMessage?.('somebody', 'A sentence.')).toBe(false);
  });
});

describe('a role to ping', () => {
  const ROLE = '400000000000000001';

  it('is pinged below the card, and nobody else is', async () => {
    expect(await discord.post(posting({ ping: ROLE }))).toMatchObject({ kind: 'sent' });
    const payload = double.messages(CHANNEL)[0]?.payload;
    expect(payload?.allowed_mentions).toEqual({ parse: [], roles: [ROLE] });
    expect(JSON.stringify(payload?.components)).toContain(`"content":"<@&${ROLE}>"`);
    expect(double.invalid).toEqual([]);
  });

  it("is ignored if the id is not a role's, or absent", async () => {
    await discord.post(posting({ ping: '@everyone', key: 'a' }));
    await discord.post(posting({ key: 'b' }));
    for (const { payload } of double.messages(CHANNEL)) {
      expect(payload.allowed_mentions).toEqual({ parse: [] });
      expect(JSON.stringify(payload.components)).not.toMatch(/@&|@everyone/);
    }
  });
});

describe.each([2, 5, 10, 60])('a clock that is %i minutes ahead of Discord’s', (minutes) => {
  it.each([
    ['Discord has told its time before', true],
    ['Discord has not answered before', false],
  ])('posts no second card behind twenty newer messages: %s', async (_name, isTold) => {
    const { token, apiUrl } = double;
    const ours = (): number => time + minutes * MINUTE_MS;
    const bot = createDiscord({ token, apiUrl, log: silent, now: ours, ratePerSecond: 1_000 });
    if (isTold) await bot.check?.(CHANNEL);
    loseAnswer();
    const since = ours();
    expect(await bot.post(posting())).toMatchObject({ kind: 'unknown' });
    for (let n = 0; n < 20; n += 1) await discord.post(posting({ key: `other-${n}` }));
    time += 6 * MINUTE_MS;
    expect(await bot.post(posting({ maybePosted: true, since }))).toMatchObject({ kind: 'sent', duplicate: true });
    expect(double.messages(CHANNEL)).toHaveLength(21);
    await bot.stop();
  });
});

it('a clock that is set back an hour ends no limit an hour later', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const limits = { route: { requests: 5, seconds: 5 }, globalPerSecond: 1_000 };
  const limited = await startDiscordDouble({ now: () => time, limits });
  onTestFinished(() => limited.close());
  limited.addChannel(CHANNEL);
  const { token, apiUrl } = limited;
  const bot = createDiscord({ token, apiUrl, log: silent, ratePerSecond: 1_000 });
  for (let n = 0; n < 5; n += 1) expect(await bot.post(posting({ key: `card-${n}` }))).toMatchObject({ kind: 'sent' });
  vi.setSystemTime(Date.now() - 60 * MINUTE_MS);
  time += 6_000;
  expect(await bot.post(posting({ key: 'card-5' }))).toMatchObject({ kind: 'sent' });
  await bot.stop();
});

it('a clock that is set back between two tries is no reason to rely on a nonce', async () => {
  const { token, apiUrl } = double;
  let aheadMs = 60 * MINUTE_MS;
  const bot = createDiscord({ token, apiUrl, log: silent, now: () => time + aheadMs, ratePerSecond: 1_000 });
  loseAnswer();
  const since = time + aheadMs;
  expect(await bot.post(posting())).toMatchObject({ kind: 'unknown' });
  time += 6 * MINUTE_MS;
  aheadMs = 0;
  expect(await bot.post(posting({ maybePosted: true, since }))).toMatchObject({ kind: 'sent', duplicate: true });
  expect(double.messages(CHANNEL)).toHaveLength(1);
  await bot.stop();
});
