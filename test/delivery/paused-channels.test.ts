import { describe, expect, it } from 'vitest';
import { toChannel } from '../../src/channels/channels.ts';
import type { Outcome } from '../../src/chat/platform.ts';
import { loadCatalogue } from '../../src/i18n/catalogue.ts';
import { channelById } from '../../src/store/channels.ts';
import { retryPaused } from '../../src/store/pauses.ts';
import { changeChannels, storedChannels } from '../store/inspect.ts';
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

/** A channel that refuses posts until `answer(undefined)`, on a platform that delivers direct messages. */
const closedChannel = async (more: { language?: string; madeBy?: string } = {}) => {
  const fixture = await createDeliveryFixture();
  await fixture.addChannel('discord', '1', more);
  const messages: [string, string][] = [];
  let refusal: Outcome | undefined = forbidden;
  const discord = {
    ...recorder('discord', ({ key }) => refusal ?? { kind: 'sent', messageId: key }),
    sendDirectMessage: async (person: string, text: string) => {
      messages.push([person, text]);
      return true;
    },
  };
  const storedChannel = async () => (await storedChannels(fixture.store.db))[0];
  return {
    fixture,
    discord,
    messages,
    storedChannel,
    courier: fixture.createCourier([discord], { catalogue }),
    answer: (outcome: Outcome | undefined) => {
      refusal = outcome;
    },
  };
};

describe('a channel that may not be written to', () => {
  it('is paused with the remedy, and tried again after ten minutes, then at longer intervals of up to an hour', async () => {
    const { fixture, discord, courier, storedChannel } = await closedChannel();
    await fixture.enqueueSlide('NVDA');
    const attempts: number[] = [];
    for (; fixture.now < NOON + 6 * HOUR; fixture.now += MINUTE) {
      const before = discord.postings.length;
      await courier.run(fixture.now);
      if (discord.postings.length > before) attempts.push((fixture.now - NOON) / MINUTE);
    }
    expect(attempts).toEqual([0, 10, 20, 40, 80, 140, 200, 260, 320]);
    expect(await storedChannel()).toMatchObject({ pausedAt: NOON });
    const row = await channelById(fixture.store.db, 1);
    expect(row && toChannel(row).paused).toEqual({ text: 'May not write. Let it.', key: 'discord-see' });
  });

  it('gets no extra attempt for deliveries that come during the pause, and all of them in order afterwards', async () => {
    const { fixture, discord, courier, answer, storedChannel } = await closedChannel();
    await fixture.enqueueSlide('NVDA');
    await courier.run(fixture.now);
    fixture.now += 5 * MINUTE;
    await fixture.enqueueSlide('TSLA');
    await courier.run(fixture.now);
    expect(discord.postings).toHaveLength(1);
    answer(undefined);
    fixture.now += 5 * MINUTE;
    await courier.run(fixture.now);
    expect(discord.postings.slice(1).map(({ card }) => card.title)).toEqual(['NVDA', 'TSLA']);
    expect(await storedChannel()).toMatchObject({ paused: null, pausedAt: null, tryAt: null, personTold: 0 });
  });

  it('is tried at once after a change of its permissions', async () => {
    const { fixture, discord, courier, answer } = await closedChannel();
    await fixture.enqueueSlide('NVDA');
    await courier.run(fixture.now);
    answer(undefined);
    fixture.now += MINUTE;
    await retryPaused(fixture.store.db, { platform: 'discord', address: '2' }, fixture.now);
    await courier.run(fixture.now);
    expect(discord.postings).toHaveLength(1);
    await retryPaused(fixture.store.db, { platform: 'discord', address: '1' }, fixture.now);
    await courier.run(fixture.now);
    expect((await fixture.rows()).map(({ state }) => state)).toEqual(['sent']);
  });

  it.each([
    ['en', /<#1>.*View Channel.*posted automatically/],
    ['ko', /<#1> 채널에 알림을 보내지 못하고.*채널 보기.*자동으로/],
  ])('notifies its person once per pause, in its language: %s', async (language, words) => {
    const { fixture, messages, courier, answer } = await closedChannel({ language, madeBy: '777' });
    await fixture.enqueueSlide('NVDA');
    for (let n = 0; n < 3; n += 1) {
      await courier.run(fixture.now);
      fixture.now += HOUR;
    }
    expect(messages).toEqual([['777', expect.stringMatching(words)]]);
    answer(undefined);
    await courier.run(fixture.now);
    answer(forbidden);
    await fixture.enqueueSlide('TSLA');
    await courier.run(fixture.now);
    expect(messages).toHaveLength(2);
  });

  it('notifies its person once if it is gone, and drops all its deliveries', async () => {
    const { fixture, messages, courier, answer } = await closedChannel({ madeBy: '777' });
    answer({ kind: 'gone', reason: 'deleted' });
    await fixture.enqueueSlide('NVDA');
    await fixture.enqueueSlide('TSLA');
    await courier.run(fixture.now);
    fixture.now += HOUR;
    await courier.run(fixture.now);
    expect(messages).toEqual([['777', expect.stringContaining('is gone')]]);
    expect((await fixture.rows()).map(({ state }) => state)).toEqual(['gone', 'gone']);
  });

  it.each([
    ['paused', forbidden],
    ['gone', { kind: 'gone', reason: 'deleted' } satisfies Outcome],
  ])(
    'notifies its person that it is %s after a restart if the bot died before the message was out',
    async (_, refusal) => {
      const { fixture, discord, messages, courier, answer } = await closedChannel({ madeBy: '777' });
      answer(refusal);
      await fixture.enqueueSlide('NVDA');
      const begun = Promise.withResolvers<void>();
      const message = Promise.withResolvers<boolean>();
      const dying = {
        ...discord,
        sendDirectMessage: () => {
          begun.resolve();
          return message.promise;
        },
      };
      const died = fixture.createCourier([dying], { catalogue }).run(fixture.now);
      await begun.promise;
      fixture.now += 20 * MINUTE;
      for (let n = 0; n < 3; n += 1) {
        await courier.run(fixture.now);
        fixture.now += HOUR;
      }
      expect(messages).toHaveLength(1);
      message.resolve(false);
      await died;
      expect((await fixture.rows()).map(({ symbol }) => symbol)).toEqual(['NVDA']);
    },
  );
});

it('attempts on many paused channels are spread and stay far below the limit for a ban', async () => {
  const fixture = await createDeliveryFixture();
  for (let n = 0; n < 900; n += 1) await fixture.addChannel('discord', `${n}`);
  await fixture.enqueueSlide('NVDA');
  const discord = recorder('discord', () => forbidden);
  const courier = fixture.createCourier([discord], { random: Math.random });
  await courier.run(fixture.now);
  expect(discord.postings).toHaveLength(900);
  const inTenMinutes: number[] = [];
  for (let n = 0; n < 12; n += 1) {
    const before = discord.postings.length;
    await fixture.enqueueSlide('TSLA');
    for (let minute = 0; minute < 10; minute += 1) {
      fixture.now += MINUTE;
      await courier.run(fixture.now);
    }
    inTenMinutes.push(discord.postings.length - before);
  }
  expect(Math.max(...inTenMinutes)).toBeLessThanOrEqual(600);
  expect(Math.min(...inTenMinutes.slice(1))).toBeGreaterThan(0);
});

it('after the clock is set back, the paused channels are counted anew', async () => {
  const fixture = await createDeliveryFixture();
  for (let n = 0; n < 400; n += 1) await fixture.addChannel('discord', `${n}`);
  const { db } = fixture.store;
  const paused = { paused: '{}', pausedAt: NOON, tryAt: NOON + 24 * HOUR };
  await changeChannels(db, paused);
  await changeChannels(db, { paused: null, pausedAt: null, tryAt: null }, { address: '0' });
  const courier = fixture.createCourier([recorder('discord', () => forbidden)]);
  const waitOf = async (address: string): Promise<number> => {
    await courier.run(fixture.now);
    const channel = (await storedChannels(db)).find((it) => it.address === address);
    return ((channel?.tryAt ?? 0) - fixture.now) / MINUTE;
  };
  await fixture.enqueueSlide('NVDA');
  // 30 attempts a minute for 400 channels.
  expect(await waitOf('0')).toBeCloseTo(400 / 30, 0);
  await changeChannels(db, { paused: null, pausedAt: null, tryAt: NOON + 24 * HOUR });
  await fixture.addChannel('discord', 'new');
  fixture.now -= HOUR;
  await fixture.enqueueSlide('TSLA');
  expect(await waitOf('new')).toBe(10);
});
