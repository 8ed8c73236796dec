import { describe, expect, it } from 'vitest';
import { toChannel } from '../../src/channels/to-channel.ts';
import type { Outcome } from '../../src/chat/platform.ts';
import { loadCatalogue } from '../../src/i18n/catalogue.ts';
import { retryPaused } from '../../src/store/pauses.ts';
import { createDeliveryFixture, MINUTE, NOON } from './delivery-fixture.ts';
import { recorder } from './recorder.ts';

const forbidden: Outcome = {
  kind: 'forbidden',
  reason: 'May not write.',
  remedy: 'Let it.',
  why: { key: 'discord-see' },
};
const catalogue = loadCatalogue();
const HOUR = 60 * MINUTE;

/** A channel that forbids everything until it is opened, and a platform that tells people. */
const closedChannel = async (more: { language?: string; madeBy?: string } = {}) => {
  const desk = await createDeliveryFixture();
  await desk.addChannel('discord', '1', more);
  const told: [string, string][] = [];
  let closed: Outcome | undefined = forbidden;
  const discord = {
    ...recorder('discord', ({ key }) => closed ?? { kind: 'sent', messageId: key }),
    tell: async (person: string, text: string) => {
      told.push([person, text]);
      return true;
    },
  };
  const channelRow = () => desk.store.db.selectFrom('channels').selectAll().executeTakeFirstOrThrow();
  return {
    desk,
    discord,
    told,
    channelRow,
    courier: desk.createCourier([discord], { catalogue }),
    answer: (outcome: Outcome | undefined) => {
      closed = outcome;
    },
  };
};

describe('a channel that may not be written to', () => {
  it('is paused with the remedy, and tried again after ten minutes, then ever more slowly, at most hourly', async () => {
    const { desk, discord, courier, channelRow } = await closedChannel();
    await desk.enqueueSlide('NVDA');
    const tries: number[] = [];
    for (; desk.now < NOON + 6 * HOUR; desk.now += MINUTE) {
      const before = discord.postings.length;
      await courier.run(desk.now);
      if (discord.postings.length > before) tries.push((desk.now - NOON) / MINUTE);
    }
    expect(tries).toEqual([0, 10, 20, 40, 80, 140, 200, 260, 320]);
    const row = await channelRow();
    expect(row.paused_at).toBe(NOON);
    expect(toChannel(row).paused).toEqual({ text: 'May not write. Let it.', key: 'discord-see' });
  });

  it('gets no try of its own for what is owed to it meanwhile, and all of it in order once it is open', async () => {
    const { desk, discord, courier, answer, channelRow } = await closedChannel();
    await desk.enqueueSlide('NVDA');
    await courier.run(desk.now);
    desk.now += 5 * MINUTE;
    await desk.enqueueSlide('TSLA');
    await courier.run(desk.now);
    expect(discord.postings).toHaveLength(1);
    answer(undefined);
    desk.now += 5 * MINUTE;
    await courier.run(desk.now);
    expect(discord.postings.slice(1).map(({ card }) => card.title)).toEqual(['NVDA', 'TSLA']);
    expect(await channelRow()).toMatchObject({ paused: null, paused_at: null, try_at: null, person_told: 0 });
  });

  it('is tried at once where its permissions have changed', async () => {
    const { desk, discord, courier, answer } = await closedChannel();
    await desk.enqueueSlide('NVDA');
    await courier.run(desk.now);
    answer(undefined);
    desk.now += MINUTE;
    await retryPaused(desk.store.db, { platform: 'discord', address: '2' }, desk.now);
    await courier.run(desk.now);
    expect(discord.postings).toHaveLength(1);
    await retryPaused(desk.store.db, { platform: 'discord', address: '1' }, desk.now);
    await courier.run(desk.now);
    expect((await desk.rows()).map(({ state }) => state)).toEqual(['sent']);
  });

  it.each([
    ['en', /<#1>.*View Channel.*follows by itself/],
    ['ko', /<#1> 채널에 알림을 보내지 못하고.*채널 보기.*저절로/],
  ])('has its person told once a pause, in its language: %s', async (language, words) => {
    const { desk, told, courier, answer } = await closedChannel({ language, madeBy: '777' });
    await desk.enqueueSlide('NVDA');
    for (let n = 0; n < 3; n += 1) {
      await courier.run(desk.now);
      desk.now += HOUR;
    }
    expect(told).toEqual([['777', expect.stringMatching(words)]]);
    answer(undefined);
    await courier.run(desk.now);
    answer(forbidden);
    await desk.enqueueSlide('TSLA');
    await courier.run(desk.now);
    expect(told).toHaveLength(2);
  });

  it('that is gone has its person told once, and owes nothing any more', async () => {
    const { desk, told, courier, answer } = await closedChannel({ madeBy: '777' });
    answer({ kind: 'gone', reason: 'deleted' });
    await desk.enqueueSlide('NVDA');
    await desk.enqueueSlide('TSLA');
    await courier.run(desk.now);
    desk.now += HOUR;
    await courier.run(desk.now);
    expect(told).toEqual([['777', expect.stringContaining('is gone')]]);
    expect((await desk.rows()).map(({ state }) => state)).toEqual(['gone', 'gone']);
  });
});

it('many paused channels take turns: their tries stay far below what a platform bans for', async () => {
  const desk = await createDeliveryFixture();
  for (let n = 0; n < 900; n += 1) await desk.addChannel('discord', `${n}`);
  await desk.enqueueSlide('NVDA');
  const discord = recorder('discord', () => forbidden);
  const courier = desk.createCourier([discord], { random: Math.random });
  await courier.run(desk.now);
  expect(discord.postings).toHaveLength(900);
  const inTenMinutes: number[] = [];
  for (let n = 0; n < 12; n += 1) {
    const before = discord.postings.length;
    await desk.enqueueSlide('TSLA');
    for (let minute = 0; minute < 10; minute += 1) {
      desk.now += MINUTE;
      await courier.run(desk.now);
    }
    inTenMinutes.push(discord.postings.length - before);
  }
  expect(Math.max(...inTenMinutes)).toBeLessThanOrEqual(600);
  expect(Math.min(...inTenMinutes.slice(1))).toBeGreaterThan(0);
}, 60_000);
