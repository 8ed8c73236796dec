import { describe, expect, it } from 'vitest';
import { type EnvChannel, openEnvChannels } from '../../src/channels/env-channels.ts';
import { databasePath } from '../store/temporary.ts';
import { NOW, openRoom, owed, type Room } from './room.ts';

const discord = (address?: string, started = true): EnvChannel => ({
  platform: 'discord',
  started,
  ...(address !== undefined && { address }),
});

const start = ({ registry }: Room, named: readonly EnvChannel[], language = 'en') =>
  openEnvChannels(registry, named, language, NOW);

/** Addresses of the channels in use on Discord. */
const inUse = async ({ channels }: Room): Promise<string[]> =>
  (await channels.of('discord')).map(({ address }) => address);

describe("a channel of .env's", () => {
  it('is made in its language, beside the board', async () => {
    const room = await openRoom();
    await start(room, [discord('1')], 'ko');
    expect(await room.channels.at({ platform: 'discord', address: '1' })).toMatchObject({
      language: 'ko',
      origin: 'env',
      settings: {},
    });
    expect(await room.channels.of('board')).toMatchObject([{ address: 'local', origin: 'env' }]);
  });

  it('keeps what its people have set, language and all, over a start with another LANGUAGE', async () => {
    const path = databasePath();
    const before = await openRoom({ path });
    await start(before, [discord('1')], 'ko');
    const [channel] = await before.channels.of('discord');
    await before.channels.change(channel?.id ?? 0, () => ({ timeZone: 'Asia/Seoul' }));
    await before.channels.setLanguage(channel?.id ?? 0, 'en');
    const after = await openRoom({ path });
    await start(after, [discord('1')], 'ko');
    expect(await after.channels.of('discord')).toMatchObject([
      { language: 'en', settings: { timeZone: 'Asia/Seoul' } },
    ]);
  });

  it('is retired, with what it was owed, when .env names another; one of its people is not', async () => {
    const room = await openRoom();
    await start(room, [discord('1')]);
    const made = { language: 'en', origin: 'setup' as const };
    await room.channels.open({ platform: 'discord', address: '2' }, made, NOW);
    const [first] = await room.channels.of('discord');
    await room.channels.change(first?.id ?? 0, () => ({ rules: { NVDA: { day: [300] } } }));
    await room.channels.sendTest(first?.id ?? 0, NOW);
    await start(room, [discord('3')]);
    expect(await inUse(room)).toEqual(['2', '3']);
    expect(await owed(room)).toMatchObject([{ address: '1', state: 'gone' }]);
    expect(room.registry.book.union('NVDA').day).not.toContain(300);
    await start(room, []);
    expect(await inUse(room)).toEqual(['2']);
  });

  it('comes back with its settings when .env names it again', async () => {
    const room = await openRoom();
    await start(room, [discord('1')]);
    const [first] = await room.channels.of('discord');
    await room.channels.setLanguage(first?.id ?? 0, 'ko');
    await start(room, []);
    await start(room, [discord('1')]);
    expect(await room.channels.of('discord')).toMatchObject([{ id: first?.id, language: 'ko' }]);
  });

  it('waits where its platform was left out, whatever .env names there', async () => {
    const room = await openRoom();
    await start(room, [discord('1')]);
    await start(room, [discord('2', false)]);
    expect(await inUse(room)).toEqual(['1']);
  });

  it('is not retired any more by .env when its people have set it up', async () => {
    const room = await openRoom();
    await start(room, [discord('1')]);
    await room.channels.open({ platform: 'discord', address: '1' }, { language: 'ko', origin: 'setup' }, NOW);
    await start(room, []);
    expect(await room.channels.of('discord')).toMatchObject([{ address: '1', origin: 'setup', language: 'ko' }]);
  });
});

it('a start without channels is none but the board', async () => {
  const room = await openRoom();
  await start(room, [discord(undefined)]);
  expect(await inUse(room)).toEqual([]);
  expect(await room.channels.of('board')).toHaveLength(1);
});
