import { expect, it, onTestFinished } from 'vitest';
import { createDiscord } from '../../src/chat/discord/discord.ts';
import { silent } from '../../src/telemetry/log.ts';
import { startDiscordDouble } from '../doubles/discord/double.ts';
import { BEFORE, CARDS, PNG_SIGNATURE, plain, playCrash, sentTo } from './crash.ts';
import { stage } from './stage.ts';

const CHANNEL = '112233445566778899';

it('brings a crash from Yahoo to Discord: the right cards, once each, with their pictures', async () => {
  const world = await stage(BEFORE);
  const discord = await startDiscordDouble({ now: world.clock });
  onTestFinished(() => discord.close());
  discord.addChannel(CHANNEL);
  world.market.past('2025-05-30', 300);
  const { token, apiUrl } = discord;
  const app = await world.start(createDiscord({ token, apiUrl, log: silent, now: world.clock }), CHANNEL);
  await playCrash(world, app);

  expect(await sentTo(app, 'discord')).toEqual(CARDS.map(({ headlines }) => headlines));
  expect(discord.invalid).toEqual([]);
  const messages = discord.messages(CHANNEL);
  expect(messages).toHaveLength(CARDS.length);
  for (const [place, { payload, files }] of messages.entries()) {
    for (const words of CARDS[place]?.texts ?? []) expect(plain(payload)).toContain(words);
    expect(plain(payload)).toMatch(/"description":"[^"]+\d%/);
    expect(files.map(({ bytes }) => Buffer.from(bytes).subarray(0, 8))).toEqual([PNG_SIGNATURE]);
  }
  expect(new Set(messages.map(({ nonce }) => nonce)).size).toBe(CARDS.length);
});
