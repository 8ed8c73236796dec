import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord, type DiscordOptions } from '../../../src/chat/discord/discord.ts';
import type { Platform, Posting } from '../../../src/chat/platform.ts';
import { loadCatalogue } from '../../../src/i18n/catalogue.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { createDeliveryFixture, MINUTE, NOON, SECOND } from '../../delivery/delivery-fixture.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { type Asked, type Fault, refusal } from '../../doubles/discord/faults.ts';
import { TYPES } from '../../doubles/discord/world.ts';
import { eventually } from '../../eventually.ts';
import { storedChannels } from '../../store/inspect.ts';
import { CHANNEL, posting } from './samples.ts';

const THREAD = '112233445566778800';
const PERSON = '200000000000000001';
const HOUR = 60 * MINUTE;

let double: DiscordDouble;
let discord: Platform;
const clock = { now: NOON };

const open = (options: Partial<DiscordOptions> = {}): Platform =>
  createDiscord({
    token: double.token,
    apiUrl: double.apiUrl,
    log: silent,
    retryMs: 1,
    now: () => clock.now,
    ...options,
  });

beforeEach(async () => {
  clock.now = NOON;
  const limits = { route: { requests: 100, seconds: 1 }, globalPerSecond: 1_000 };
  double = await startDiscordDouble({ now: () => clock.now, limits });
  double.addChannel(CHANNEL, { type: TYPES.announcement });
  discord = open();
});

afterEach(async () => {
  await discord.stop();
  expect(double.invalid).toEqual([]);
  await double.close();
});

const forAll = (changes: Partial<Posting> = {}): Posting => posting({ forFollowers: true, ...changes });
const isCrosspost = ({ path }: Asked): boolean => path.endsWith('/crosspost');
const isLookUp = ({ method, path }: Asked): boolean => method === 'GET' && /^\/channels\/\d+$/.test(path);
const crossposts = () => double.requests.filter(isCrosspost).map(({ status }) => status);
const lookUps = () => double.requests.filter(isLookUp).length;
const failCrosspost = (fault: Fault, times = 1) => double.fail({ fault, times, matching: isCrosspost });

const idOf = async (posted: ReturnType<Platform['post']>): Promise<string> => {
  const outcome = await posted;
  if (outcome.kind !== 'sent') throw new Error(`Expected a card, got ${outcome.kind}`);
  return outcome.messageId;
};

describe('a card in an announcement channel', () => {
  it('is passed on to the channels that follow it, once', async () => {
    const id = await idOf(discord.post(forAll()));
    expect(double.crossposted(CHANNEL)).toEqual([id]);
    expect(crossposts()).toEqual([200]);
  });

  it('that is about this channel alone is not', async () => {
    await discord.post(posting());
    expect([crossposts(), lookUps()]).toEqual([[], 0]);
  });

  it('is not while that is left out', async () => {
    await discord.post(forAll({ leaveOut: new Set(['crosspost']) }));
    expect([crossposts(), lookUps()]).toEqual([[], 0]);
  });

  it('is found after a crash before it was passed on, and is passed on then, also where it was already', async () => {
    failCrosspost({ kind: 'disconnect' }, 2);
    const id = await idOf(discord.post(forAll()));
    expect(double.crossposted(CHANNEL)).toEqual([]);
    clock.now += 10 * MINUTE;
    for (let start = 0; start < 2; start += 1) {
      const again = forAll({ maybePosted: true, since: clock.now - 10 * MINUTE });
      expect(await discord.post(again)).toEqual({ kind: 'sent', messageId: id, duplicate: true });
      expect(double.crossposted(CHANNEL)).toEqual([id]);
    }
    expect(double.messages(CHANNEL)).toHaveLength(1);
    expect(crossposts().slice(-2)).toEqual([200, 400]);
  });

  it.each<[string, (asked: Asked) => boolean]>([
    ['is passed on', isCrosspost],
    ["its channel's kind is known", isLookUp],
  ])('is found and passed on at the next start if the bot stops before it %s', async (_when, matching) => {
    double.fail({ fault: { kind: 'hang' }, matching });
    const posted = discord.post(forAll());
    await eventually(() => expect(double.requests.some(matching)).toBe(true));
    await discord.stop();
    expect(await posted).toMatchObject({ kind: 'unknown' });
    const next = open();
    expect(await next.post(forAll({ maybePosted: true, since: NOON }))).not.toHaveProperty('without');
    await next.stop();
    expect(double.messages(CHANNEL)).toHaveLength(1);
    expect(double.crossposted(CHANNEL)).toHaveLength(1);
  });

  it('is passed on once if the answer to that is lost', async () => {
    failCrosspost({ kind: 'lose-answer' });
    expect(await discord.post(forAll())).not.toHaveProperty('without');
    expect(double.crossposted(CHANNEL)).toHaveLength(1);
  });

  it.each<[string, Fault]>([
    ['fails', { kind: 'status', status: 503 }],
    ['closes the connection', { kind: 'disconnect' }],
  ])('is there all the same if Discord %s twice, and the next one is passed on', async (_what, fault) => {
    failCrosspost(fault, 2);
    expect(await discord.post(forAll())).toMatchObject({
      kind: 'sent',
      without: [{ part: 'crosspost', afterMs: 0, why: { key: 'discord-crosspost-missed' } }],
    });
    expect(crossposts()).toHaveLength(2);
    expect(await discord.post(forAll({ key: 'next' }))).not.toHaveProperty('without');
    expect(double.crossposted(CHANNEL)).toHaveLength(1);
  });

  it('is there all the same if Discord refuses that, which is not tried again at once', async () => {
    failCrosspost(refusal(403, 50013, 'Missing Permissions'));
    const outcome = await discord.post(forAll());
    expect(outcome).toMatchObject({ kind: 'sent', without: [{ part: 'crosspost', why: { key: 'discord-write' } }] });
    expect(outcome).not.toHaveProperty('without.0.afterMs');
    expect(crossposts()).toHaveLength(1);
  });

  it('is the eleventh of an hour: it is there, and Discord says when the next one is passed on', async () => {
    for (let n = 0; n < 10; n += 1) expect(await discord.post(forAll({ key: `k-${n}` }))).not.toHaveProperty('without');
    clock.now += 20 * MINUTE;
    expect(await discord.post(forAll({ key: 'k-10' }))).toMatchObject({
      kind: 'sent',
      without: [{ part: 'crosspost', afterMs: 40 * MINUTE, why: { key: 'discord-crosspost-limit' } }],
    });
    // The limit is of this alone: the next card is posted.
    expect(await discord.post(posting({ key: 'k-11' }))).toMatchObject({ kind: 'sent' });
    expect(double.messages(CHANNEL)).toHaveLength(12);
  });
});

describe('which channels can be followed', () => {
  it('is known from the gateway, without a question', async () => {
    await discord.start();
    await discord.post(forAll());
    expect([crossposts(), lookUps()]).toEqual([[200], 0]);
    double.addChannel(CHANNEL, { type: TYPES.text });
    await eventually(async () => {
      const before = crossposts().length;
      await discord.post(forAll({ key: `k-${before}-${double.requests.length}` }));
      expect(crossposts()).toHaveLength(before);
    });
  });

  it('is asked once a channel without the gateway', async () => {
    double.addChannel(THREAD, { type: TYPES.text });
    for (const key of ['a', 'b']) {
      await discord.post(forAll({ key }));
      await discord.post(forAll({ key, channelId: THREAD }));
    }
    expect(crossposts()).toEqual([200, 200]);
    expect(lookUps()).toBe(2);
  });

  it('is asked again with the next card if Discord does not say', async () => {
    double.fail({ fault: { kind: 'status', status: 503 }, matching: isLookUp });
    expect(await discord.post(forAll())).toEqual({ kind: 'sent', messageId: expect.any(String) });
    await discord.post(forAll({ key: 'next' }));
    expect(crossposts()).toEqual([200]);
  });

  it('is not a thread of one', async () => {
    double.addThread(THREAD, CHANNEL);
    await discord.start();
    await discord.post(forAll({ channelId: THREAD }));
    expect(crossposts()).toEqual([]);
  });
});

describe('an announcement channel of a running bot', () => {
  const scene = async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', CHANNEL, { madeBy: PERSON });
    const leftOut: string[] = [];
    const courier = fixture.createCourier([discord], {
      catalogue: loadCatalogue(),
      onPartLeftOut: (platform, part) => leftOut.push(`${platform} ${part}`),
    });
    const run = async () => {
      await courier.run(clock.now);
      clock.now += SECOND;
      fixture.now = clock.now;
    };
    const told = () => double.directMessages(PERSON).map(({ payload }) => String(payload.content));
    const lacks = async () => (await storedChannels(fixture.store.db))[0]?.lacks ?? null;
    return { fixture, run, told, lacks, leftOut };
  };

  it('publishes slides and digests, not a test card', async () => {
    const { fixture, run } = await scene();
    await fixture.enqueueSlide('NVDA');
    await fixture.enqueueKind('digest');
    await run();
    await fixture.enqueueKind('test');
    await run();
    expect(double.messages(CHANNEL)).toHaveLength(3);
    expect(double.crossposted(CHANNEL)).toHaveLength(2);
  });

  it('leaves out and counts what is too much for an hour, tells its person once, and goes on when Discord says so', async () => {
    const { fixture, run, told, lacks, leftOut } = await scene();
    const post = async () => {
      await fixture.enqueueKind('digest');
      await run();
    };
    for (let n = 0; n < 13; n += 1) await post();
    expect(double.messages(CHANNEL)).toHaveLength(13);
    expect(crossposts().filter((status) => status === 429)).toHaveLength(1);
    expect(leftOut).toEqual(Array.from({ length: 3 }, () => 'discord crosspost'));
    expect(told()).toEqual([expect.stringContaining('at most 10 messages an hour')]);
    expect(await lacks()).toContain('discord-crosspost-limit');
    clock.now = NOON + HOUR + MINUTE;
    fixture.now = clock.now;
    await post();
    expect(double.crossposted(CHANNEL)).toHaveLength(11);
    expect(await lacks()).toBeNull();
    expect(told()).toHaveLength(1);
  });
});
