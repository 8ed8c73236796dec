import { describe, expect, it } from 'vitest';
import { type EnvChannel, openEnvChannels } from '../../src/channels/env-channels.ts';
import { insertDeliveries } from '../../src/store/outbox.ts';
import { pauseChannel } from '../../src/store/pauses.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import { addBareStory, storedChannels, storedDeliveries } from '../store/inspect.ts';
import { newDatabase } from '../store/temporary.ts';
import { deliveriesOf, NOW, openTestChannels, type TestChannels } from './open-channels.ts';

const discord = (address?: string, started = true): EnvChannel => ({
  platform: 'discord',
  started,
  ...(address !== undefined && { address }),
});

const start = ({ registry }: TestChannels, named: readonly EnvChannel[], language = 'en') =>
  openEnvChannels(registry, named, language, NOW);

/** Addresses of the channels in use on Discord. */
const inUse = async ({ channels }: TestChannels): Promise<string[]> =>
  (await channels.of('discord')).map(({ address }) => address);

describe("a channel of .env's", () => {
  it('is created in its language, like the board’s', async () => {
    const setup = await openTestChannels();
    await start(setup, [discord('1')], 'ko');
    expect(await setup.channels.at({ platform: 'discord', address: '1' })).toMatchObject({
      language: 'ko',
      origin: 'env',
      settings: {},
    });
    expect(await setup.channels.of('board')).toMatchObject([{ address: 'local', origin: 'env' }]);
  });

  it('keeps its settings and its language after a start with another LANGUAGE', async () => {
    const url = await newDatabase();
    const before = await openTestChannels({ url });
    await start(before, [discord('1')], 'ko');
    const [channel] = await before.channels.of('discord');
    await before.channels.change(channel?.id ?? 0, () => ({ timeZone: 'Asia/Seoul' }));
    await before.channels.setLanguage(channel?.id ?? 0, 'en');
    const after = await openTestChannels({ url });
    await start(after, [discord('1')], 'ko');
    expect(await after.channels.of('discord')).toMatchObject([
      { language: 'en', settings: { timeZone: 'Asia/Seoul' } },
    ]);
  });

  it('is retired with its pending deliveries when .env names another, unlike one made by /setup', async () => {
    const setup = await openTestChannels();
    await start(setup, [discord('1')]);
    const made = { language: 'en', origin: 'setup' as const };
    await setup.channels.open({ platform: 'discord', address: '2' }, made, NOW);
    const [first] = await setup.channels.of('discord');
    await setup.channels.change(first?.id ?? 0, () => ({ rules: { NVDA: { day: [300] } } }));
    await setup.channels.sendTest(first?.id ?? 0, NOW);
    await start(setup, [discord('3')]);
    expect(await inUse(setup)).toEqual(['2', '3']);
    expect(await deliveriesOf(setup)).toMatchObject([{ address: '1', state: 'gone' }]);
    expect(setup.registry.effectiveRules.union('NVDA').day).not.toContain(300);
    await start(setup, []);
    expect(await inUse(setup)).toEqual(['2']);
  });

  it('comes back with its settings when .env names it again', async () => {
    const setup = await openTestChannels();
    await start(setup, [discord('1')]);
    const [first] = await setup.channels.of('discord');
    await setup.channels.setLanguage(first?.id ?? 0, 'ko');
    await start(setup, []);
    await start(setup, [discord('1')]);
    expect(await setup.channels.of('discord')).toMatchObject([{ id: first?.id, language: 'ko' }]);
  });

  it('stays as it is if its platform was not started', async () => {
    const setup = await openTestChannels();
    await start(setup, [discord('1')]);
    await start(setup, [discord('2', false)]);
    expect(await inUse(setup)).toEqual(['1']);
  });

  it('is no longer retired by .env after a /setup', async () => {
    const setup = await openTestChannels();
    await start(setup, [discord('1')]);
    await setup.channels.open({ platform: 'discord', address: '1' }, { language: 'ko', origin: 'setup' }, NOW);
    await start(setup, []);
    expect(await setup.channels.of('discord')).toMatchObject([{ address: '1', origin: 'setup', language: 'ko' }]);
  });
});

describe('a channel that config names', () => {
  const desk = (settings: ChannelSettings, language?: string): EnvChannel => ({
    ...{ platform: 'webhook', started: true, address: 'desk', settings },
    ...(language !== undefined && { language }),
  });
  const place = { platform: 'webhook', address: 'desk' };

  it('is created with its settings and its language, and levels of its own count', async () => {
    const setup = await openTestChannels();
    await start(setup, [desk({ rules: { '*': { day: [300] } } }, 'ko')]);
    expect(await setup.channels.at(place)).toMatchObject({
      ...{ language: 'ko', origin: 'env', settings: { rules: { '*': { day: [300] } } } },
    });
    expect(setup.registry.effectiveRules.union('NVDA').day).toContain(300);
  });

  it('has what config says at every start: settings that were changed there, and the default of those that were taken out', async () => {
    const setup = await openTestChannels();
    await start(setup, [desk({ rules: { '*': { day: [300] } }, kinds: ['digest'] }, 'ko')]);
    const first = await setup.channels.at(place);
    await start(setup, [desk({ kinds: ['day'] })]);
    expect(await setup.channels.at(place)).toMatchObject({
      ...{ id: first?.id, language: 'en', settings: { kinds: ['day'] } },
    });
    expect(setup.registry.effectiveRules.union('NVDA').day).not.toContain(300);
  });

  it('has what its quiet hours hold looked at again when they change', async () => {
    const setup = await openTestChannels();
    await start(setup, [desk({ quiet: { from: '09:00', to: '18:00' } })]);
    const { db } = setup.store;
    const [row] = (await storedChannels(db)).filter(({ address }) => address === 'desk');
    const storyId = await addBareStory(db, 'slide', NOW);
    const times = { dueAt: NOW, createdAt: NOW, heldUntil: NOW + 3_600_000, expiresAt: NOW + 7_200_000 };
    const delivery = { storyId, channelId: row?.id ?? 0, platform: 'webhook', state: 'quiet', priority: 0 } as const;
    await insertDeliveries(db, [{ ...delivery, ...times }]);
    await start(setup, [desk({ quiet: { from: '09:00', to: '18:00' } })]);
    expect(await storedDeliveries(db)).toMatchObject([{ state: 'quiet', heldUntil: NOW + 3_600_000 }]);
    await start(setup, [desk({})]);
    expect(await storedDeliveries(db)).toMatchObject([{ state: 'quiet', heldUntil: 0 }]);
  });

  it('has them also when it comes back', async () => {
    const setup = await openTestChannels();
    await start(setup, [desk({ kinds: ['digest'] }, 'ko')]);
    await start(setup, []);
    expect(await setup.channels.at(place)).toBeUndefined();
    await start(setup, [desk({ kinds: ['day'] })]);
    expect(await setup.channels.at(place)).toMatchObject({ language: 'en', settings: { kinds: ['day'] } });
  });

  it('is tried again at once at the next start if it was paused, and its pause stands until it takes a card', async () => {
    const setup = await openTestChannels();
    await start(setup, [desk({})]);
    const { id = 0 } = (await setup.channels.at(place)) ?? {};
    await pauseChannel(setup.store.db, id, { why: 'no', now: NOW, tryAt: NOW + 3_600_000 });
    await start(setup, [desk({})]);
    expect(await storedChannels(setup.store.db)).toContainEqual(
      expect.objectContaining({ ...place, paused: 'no', tryAt: NOW }),
    );
  });
});

it('a start without channels opens only the board’s', async () => {
  const setup = await openTestChannels();
  await start(setup, [discord(undefined)]);
  expect(await inUse(setup)).toEqual([]);
  expect(await setup.channels.of('board')).toHaveLength(1);
});
