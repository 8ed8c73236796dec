import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord } from '../../../src/chat/discord/discord.ts';
import {
  createInvalidRequestGuard,
  type InvalidRequestGuard,
} from '../../../src/chat/discord/invalid-request-guard.ts';
import type { Platform, Posting } from '../../../src/chat/platform.ts';
import { loadCatalogue } from '../../../src/i18n/catalogue.ts';
import { MESSAGE_PARTS, type MessagePart } from '../../../src/stories/lacks.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { createDeliveryFixture, MINUTE, plainCompose } from '../../delivery/delivery-fixture.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { page, refusal } from '../../doubles/discord/faults.ts';
import { eventually } from '../../eventually.ts';
import { storedChannels } from '../../store/inspect.ts';
import { CHANNEL, PNG, posting, slideCard } from './samples.ts';

const ROLE = '300000000000000001';
const PERSON = '200000000000000001';

let double: DiscordDouble;
let discord: Platform;

beforeEach(async () => {
  double = await startDiscordDouble();
  double.addChannel(CHANNEL);
  discord = createDiscord({ token: double.token, apiUrl: double.apiUrl, log: silent });
});

afterEach(async () => {
  await discord.stop();
  await double.close();
});

/** A posting with every part. */
const whole = (changes: Partial<Posting> = {}): Posting =>
  posting({
    card: { ...slideCard, actions: [{ label: 'Mute', call: 'ask?name=mute' }] },
    ping: ROLE,
    ...changes,
  });

/** How a part is seen in the body of a message. */
const SEEN: Readonly<Record<MessagePart, RegExp>> = {
  picture: /attachment:/,
  ping: /<@&\d/,
  buttons: /ask\?name=mute/,
  links: /https:\/\/abc/,
};

const seenIn = (payload: unknown): MessagePart[] =>
  MESSAGE_PARTS.filter((part) => SEEN[part].test(JSON.stringify(payload)));

const partsShown = () => seenIn(double.messages(CHANNEL).at(-1)?.payload);

/** Discord refuses every message that has one of these parts. */
const refusing = (parts: readonly MessagePart[], fault = refusal(400, 50035, 'Invalid Form Body')) =>
  double.fail(({ payload }) => (seenIn(payload).some((part) => parts.includes(part)) ? fault : undefined));

describe('a part that Discord refuses', () => {
  it.each(MESSAGE_PARTS)('never costs the card: %s', async (part) => {
    refusing([part]);
    expect(await discord.post(whole())).toMatchObject({ kind: 'sent', without: [{ part }] });
    expect(double.messages(CHANNEL)).toHaveLength(1);
    expect(partsShown()).toEqual(MESSAGE_PARTS.filter((each) => each !== part));
  });

  it('is left out with the others if several are refused', async () => {
    refusing(['picture', 'buttons']);
    const outcome = await discord.post(whole());
    expect(outcome).toMatchObject({ kind: 'sent', without: MESSAGE_PARTS.map((part) => ({ part })) });
    expect(partsShown()).toEqual([]);
  });

  it('is not tried where it was refused lately', async () => {
    for (const part of MESSAGE_PARTS) {
      expect(await discord.post(whole({ key: `k-${part}`, leaveOut: new Set([part]) }))).not.toHaveProperty('without');
      expect(partsShown()).toEqual(MESSAGE_PARTS.filter((each) => each !== part));
    }
    expect(double.requests).toHaveLength(MESSAGE_PARTS.length);
  });

  it('does not stand for a fault of the whole message, which is refused in the end', async () => {
    double.fail({ fault: refusal(400, 50035, 'Invalid Form Body'), times: 100 });
    expect(await discord.post(whole())).toMatchObject({ kind: 'rejected' });
    // As it is, without each part, and without all.
    expect(double.requests).toHaveLength(6);
  });

  it.each([
    ['the address was banned meanwhile', 'banned', (guard: InvalidRequestGuard) => guard.ban(20_000)],
    [
      'too many requests were refused meanwhile',
      'throttled',
      (guard: InvalidRequestGuard) => {
        for (let n = 0; n < 2_000; n += 1) guard.record(403, null);
      },
    ],
  ] as const)('costs no card that cannot be tried without it at once, because %s', async (_why, everywhere, spoil) => {
    const guard = createInvalidRequestGuard(Date.now);
    const { token, apiUrl } = double;
    const own = createDiscord({ token, apiUrl, log: silent, guard });
    double.fail(({ payload }) => {
      if (!seenIn(payload).includes('buttons')) return undefined;
      spoil(guard);
      return refusal(400, 50035, 'Invalid Form Body');
    });
    expect(await own.post(whole())).toMatchObject({ kind: 'later', everywhere });
    expect(double.requests).toHaveLength(1);
    await own.stop();
  });

  it('is not looked for in a refusal of the place, the network or the credential', async () => {
    for (const fault of [refusal(403, 50001, 'Missing Access'), refusal(403, 40333, 'blocked'), page(403)]) {
      const before = double.requests.length;
      double.fail({ fault });
      await discord.post(whole());
      expect(double.requests).toHaveLength(before + 1);
    }
  });
});

describe('a role that was deleted, whose ping Discord takes in silence,', () => {
  const asked = () => double.requests.filter(({ path }) => path.includes('/roles/')).length;

  it('is not pinged, and the card says so', async () => {
    double.deleteRole(ROLE);
    for (const key of ['k-1', 'k-2'])
      expect(await discord.post(whole({ key, workspace: double.guildId }))).toMatchObject({
        kind: 'sent',
        without: [{ part: 'ping', remedy: expect.stringContaining('role:none'), why: { key: 'discord-role' } }],
      });
    expect(partsShown()).toEqual(['picture', 'buttons', 'links']);
    expect(double.messages(CHANNEL)).toHaveLength(2);
    expect(asked()).toBe(1);
    await discord.post(whole({ key: 'k-3', workspace: double.guildId, leaveOut: new Set(['ping']) }));
    expect(asked()).toBe(1);
  });

  it('is named with the others that are refused', async () => {
    double.deleteRole(ROLE);
    refusing(['picture']);
    expect(await discord.post(whole({ workspace: double.guildId }))).toMatchObject({
      kind: 'sent',
      without: [{ part: 'ping' }, { part: 'picture' }],
    });
  });

  it.each([
    ['fails', refusal(500, 0, 'Internal')],
    ['refuses', refusal(403, 50001, 'Missing Access')],
  ])('is pinged where Discord %s to tell whether it is gone', async (_, fault) => {
    double.fail(({ path }) => (path.includes('/roles/') ? fault : undefined));
    expect(await discord.post(whole({ workspace: double.guildId }))).not.toHaveProperty('without');
    expect(partsShown()).toContain('ping');
    // Neither is a card without a ping, or of no known server, a reason to ask.
    await discord.post(posting({ key: 'k-2', workspace: double.guildId }));
    await discord.post(whole({ key: 'k-3' }));
    expect(asked()).toBe(1);
  });
});

describe('a picture', () => {
  it('that the bot may not attach is left out with what would allow it', async () => {
    double.addChannel(CHANNEL, { attachFiles: false });
    expect(await discord.post(posting())).toMatchObject({
      kind: 'sent',
      without: [{ part: 'picture', remedy: expect.stringContaining('Attach Files'), why: { key: 'discord-attach' } }],
    });
    expect(double.messages(CHANNEL)[0]?.files).toEqual([]);
  });

  it('is not to blame where the bot may not write at all', async () => {
    double.addChannel(CHANNEL, { sendMessages: false });
    expect(await discord.post(posting())).toMatchObject({ kind: 'forbidden', why: { key: 'discord-write' } });
  });

  it.each([
    ['that what stands before Discord finds too large', page(413)],
    ['in a server whose uploads are limited', refusal(403, 400001, 'Uploads limited')],
    ['that Discord finds explicit', refusal(400, 20009, 'Explicit content')],
  ])('%s is left out', async (_what, fault) => {
    refusing(['picture'], fault);
    expect(await discord.post(posting())).toMatchObject({ kind: 'sent', without: [{ part: 'picture' }] });
  });
});

it.each([
  ['AutoMod', 200000, 'discord-automod'],
  ['the filter of links', 240000, 'discord-part'],
])('links that %s blocks are left out', async (_name, code, key) => {
  refusing(['links'], refusal(400, code, 'Blocked'));
  expect(await discord.post(posting())).toMatchObject({ kind: 'sent', without: [{ part: 'links', why: { key } }] });
});

it('a card that AutoMod blocks in any form pauses the channel', async () => {
  double.fail({ fault: refusal(400, 200000, 'Blocked'), times: 100 });
  expect(await discord.post(posting())).toMatchObject({ kind: 'forbidden', why: { key: 'discord-automod' } });
});

it('a card whose second try is lost is unknown, and is looked for', async () => {
  double.fail(({ payload }) =>
    seenIn(payload).includes('picture') ? refusal(403, 50013, 'No') : { kind: 'lose-answer' },
  );
  expect(await discord.post(posting())).toMatchObject({ kind: 'unknown' });
  double.heal();
  // An earlier message is told by its time, in milliseconds.
  const lostBy = Date.now();
  await eventually(() => expect(Date.now()).toBeGreaterThan(lostBy));
  expect(await discord.post(posting({ maybePosted: true, since: Date.now() }))).toMatchObject({
    kind: 'sent',
    duplicate: true,
  });
  expect(double.messages(CHANNEL)).toHaveLength(1);
});

it('a channel that takes no files gets its cards at once, tries a picture rarely, and its person knows why', async () => {
  const fixture = await createDeliveryFixture();
  double.addChannel(CHANNEL, { attachFiles: false });
  await fixture.addChannel('discord', CHANNEL, { madeBy: PERSON, language: 'ko' });
  const courier = fixture.createCourier([discord], {
    compose: async (...all) => {
      const { card } = await plainCompose(...all);
      return { card: { ...card, ...(slideCard.picture && { picture: slideCard.picture }) }, png: PNG };
    },
    catalogue: loadCatalogue(),
  });
  for (const symbol of ['NVDA', 'TSLA', 'AMZN'] as const) {
    await fixture.enqueueSlide(symbol);
    await courier.run(fixture.now);
    fixture.now += MINUTE;
  }
  expect((await fixture.rows()).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
  const tries = double.requests.filter(({ path }) => path.startsWith(`/channels/${CHANNEL}/`));
  expect(tries.map(({ status }) => status)).toEqual([403, 200, 200, 200]);
  const [channel] = await storedChannels(fixture.store.db);
  expect(channel).toMatchObject({ paused: null, lacks: expect.stringContaining('discord-attach') });
  const told = double.directMessages(PERSON).map(({ payload }) => payload.content);
  expect(told).toEqual([expect.stringContaining('파일 첨부')]);
});
