import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscord } from '../../../src/chat/discord/discord.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import { loadCatalogue } from '../../../src/i18n/catalogue.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/double.ts';
import { page, refusal } from '../../doubles/discord/faults.ts';
import { CHANNEL, posting } from './samples.ts';

const OTHER = '112233445566778800';

let double: DiscordDouble;
let discord: Platform;
let time: number;

beforeEach(async () => {
  time = Date.now();
  double = await startDiscordDouble();
  double.addChannel(CHANNEL);
  double.addChannel(OTHER);
  discord = createDiscord({ token: double.token, apiUrl: double.apiUrl, log: silent, now: () => time });
});

afterEach(async () => {
  await discord.stop();
  await double.close();
});

describe('a refusal that is no matter of the message', () => {
  it.each([400, 401, 403, 404])(
    'an HTML page with %i says nothing about it, and the next try is taken',
    async (status) => {
      double.fail({ fault: page(status) });
      expect(await discord.post(posting())).toMatchObject({
        kind: 'later',
        reason: expect.stringContaining(`${status}`),
        everywhere: 'refused',
      });
      expect(await discord.post(posting())).toMatchObject({ kind: 'sent' });
      expect(double.messages(CHANNEL)).toHaveLength(1);
    },
  );

  it('a body that is no object, and JSON without a code, are not Discord’s either', async () => {
    for (const body of ['null', '"no"', '{"error":"forbidden"}', '{'])
      double.fail({ fault: { kind: 'answer', status: 403, body, headers: { 'Content-Type': 'application/json' } } });
    for (let n = 0; n < 4; n += 1) expect(await discord.post(posting())).toMatchObject({ kind: 'later' });
  });

  it('obeys the wait that a page names', async () => {
    double.fail({ fault: page(403, { 'Retry-After': '90' }) });
    expect(await discord.post(posting())).toMatchObject({ afterMs: 90_000, everywhere: 'refused' });
  });

  it.each([
    [400, 50083, 'The thread is archived', 'discord-archived'],
    [403, 160005, 'The thread is locked', 'discord-locked'],
    [400, 50008, 'forum', 'discord-kind'],
    [400, 40058, 'forum', 'discord-kind'],
    [400, 50024, 'forum', 'discord-kind'],
    [403, 50001, 'cannot see', 'discord-see'],
  ])('%i with code %i is about the place, and says why in every language', async (status, code, reason, key) => {
    double.fail({ fault: refusal(status, code, 'Refused') });
    expect(await discord.post(posting())).toMatchObject({
      kind: 'forbidden',
      reason: expect.stringContaining(reason),
      why: { key },
    });
    expect(double.requests).toHaveLength(1);
    const catalogue = loadCatalogue();
    for (const language of catalogue.languages) expect(catalogue.orEnglish(language).knows(`pause.${key}`)).toBe(true);
  });

  it('a code that is in no list is named', async () => {
    double.fail({ fault: refusal(400, 987654, 'Something new') });
    expect(await discord.post(posting())).toMatchObject({ kind: 'unlisted', code: '987654' });
  });
});

describe('a ban of the address', () => {
  const ban = (headers: Readonly<Record<string, string>> = {}) => {
    double.fail({ fault: page(429, headers), times: 100, matching: () => true });
  };

  it('is known by a 429 without the headers of a limit, and ends when it said', async () => {
    ban({ 'Retry-After': '3600' });
    expect(await discord.post(posting())).toMatchObject({ kind: 'later', afterMs: 3_600_000, everywhere: 'banned' });
    time += 3_599_000;
    expect(await discord.post(posting({ channelId: OTHER }))).toMatchObject({ everywhere: 'banned', afterMs: 1_000 });
    expect(await discord.sendDirectMessage?.('200000000000000001', 'Hello')).toBe(false);
    expect(await discord.takesCredential?.()).toBeUndefined();
    await discord.check?.(CHANNEL);
    expect(double.requests).toHaveLength(1);
    double.heal();
    time += 1_000;
    expect(await discord.post(posting())).toMatchObject({ kind: 'sent' });
  });

  it('without a time keeps everything back for a while', async () => {
    ban();
    const outcome = await discord.post(posting());
    expect(outcome).toMatchObject({ kind: 'later', everywhere: 'banned' });
    expect(outcome).not.toHaveProperty('afterMs');
    expect(await discord.post(posting({ channelId: OTHER }))).toMatchObject({ everywhere: 'banned' });
    await discord.check?.(CHANNEL);
    expect(double.requests).toHaveLength(1);
  });

  it('is not seen in a limit of Discord’s own', async () => {
    double.fail({ fault: { kind: 'too-many', retryAfter: 30, scope: 'user' } });
    expect(await discord.post(posting())).not.toHaveProperty('everywhere');
    double.fail({ fault: page(429, { Via: '1.1 google', 'Retry-After': '30' }) });
    time += 31_000;
    expect(await discord.post(posting())).not.toHaveProperty('everywhere', 'banned');
    expect(await discord.post(posting({ channelId: OTHER }))).toMatchObject({ kind: 'sent' });
  });
});

describe('many cards at once, where nothing is taken', () => {
  it.each([
    ['refused for a while', refusal(403, 40333, 'internal network error'), { everywhere: 'refused' }],
    ['banned', page(429, { 'Retry-After': '3600' }), { everywhere: 'banned' }],
    ['without a good token', refusal(401, 0, '401: Unauthorized'), { kind: 'credential' }],
  ])('are %s with one request', async (_name, fault, outcome) => {
    double.fail({ fault, times: 100 });
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        discord.post(posting({ channelId: n % 2 ? CHANNEL : OTHER, key: `k-${n}` })),
      ),
    );
    for (const each of all) expect(each).toMatchObject(outcome);
    expect(double.requests).toHaveLength(1);
    expect(all.filter((each) => 'afterMs' in each).length).toBeLessThanOrEqual(1);
    double.heal();
    time += 3_600_000;
    expect(await discord.post(posting())).toMatchObject({ kind: 'sent' });
  });

  it('go out side by side once one is taken', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, (_, n) => discord.post(posting({ key: `k-${n}` }))));
    expect(all.map(({ kind }) => kind)).toEqual(['sent', 'sent', 'sent', 'sent']);
  });
});
