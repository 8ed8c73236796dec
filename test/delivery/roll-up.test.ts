import { describe, expect, it } from 'vitest';
import type { Name } from '../cards/stories.ts';
import { createDeliveryFixture, MINUTE, NOON, SECOND } from './delivery-fixture.ts';
import { recorder } from './recorder.ts';

type Slide = readonly [symbol: Name, afterSeconds: number, percent?: number];

/** Titles of the cards that are made of these slides; each slide is due two minutes after it was made. */
const cardsOf = async (slides: readonly Slide[]): Promise<string[]> => {
  const fixture = await createDeliveryFixture();
  await fixture.addChannel('discord', '1');
  for (const [symbol, after, percent = 20] of slides)
    await fixture.enqueueSlide(symbol, {
      made: NOON + after * SECOND,
      due: NOON + after * SECOND + 2 * MINUTE,
      percent,
    });
  const discord = recorder('discord');
  const courier = fixture.createCourier([discord]);
  for (fixture.now = NOON; fixture.now <= NOON + 10 * MINUTE; fixture.now += 30 * SECOND)
    await courier.run(fixture.now);
  expect((await fixture.rows()).every(({ state }) => state === 'sent' || state === 'merged')).toBe(true);
  return discord.postings.map(({ card }) => card.title);
};

describe('slides of one channel', () => {
  it('a card that replaces an earlier one of its symbol keeps its place in the queue on every attempt', async () => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueSlide('NVDA', { made: NOON, due: NOON + 2 * MINUTE });
    await fixture.enqueueSlide('TSLA', { made: NOON + 10 * SECOND, due: NOON + 2 * MINUTE + 10 * SECOND });
    await fixture.enqueueSlide('NVDA', { made: NOON + MINUTE, due: NOON + 3 * MINUTE, percent: 31 });
    const discord = recorder('discord', ({ key }, nth) =>
      nth < 4 ? { kind: 'unknown', reason: 'lost' } : { kind: 'sent', messageId: key },
    );
    const courier = fixture.createCourier([discord]);
    for (fixture.now = NOON; fixture.now <= NOON + 10 * MINUTE; fixture.now += 30 * SECOND)
      await courier.run(fixture.now);
    expect(discord.postings.map(({ card }) => card.title)).toEqual(['NVDA', 'NVDA', 'NVDA', 'NVDA', 'TSLA']);
    expect((await fixture.rows()).map(({ state }) => state)).toEqual(['merged', 'sent', 'sent']);
  });

  it.each<[string, readonly Slide[], readonly string[]]>([
    [
      'two symbols are two cards',
      [
        ['NVDA', 0],
        ['TSLA', 0],
      ],
      ['NVDA', 'TSLA'],
    ],
    [
      'three symbols at once are one card',
      [
        ['NVDA', 0],
        ['TSLA', 0],
        ['META', 0],
      ],
      ['NVDA TSLA META'],
    ],
    [
      'three symbols within two minutes are one card',
      [
        ['NVDA', 0],
        ['TSLA', 60],
        ['META', 120],
      ],
      ['NVDA TSLA META'],
    ],
    [
      'a third symbol after more than two minutes is not on the roll-up',
      [
        ['NVDA', 0],
        ['TSLA', 60],
        ['META', 121],
      ],
      ['NVDA', 'TSLA', 'META'],
    ],
    [
      'of two slides of one symbol only the deeper is posted',
      [
        ['NVDA', 0, 20],
        ['NVDA', 60, 31],
      ],
      ['NVDA'],
    ],
    [
      'of two slides of one symbol in a roll-up only the deeper is shown',
      [
        ['NVDA', 0],
        ['TSLA', 0],
        ['NVDA', 60, 31],
        ['META', 60],
      ],
      ['TSLA NVDA META'],
    ],
    [
      'two deepening symbols are two cards',
      [
        ['NVDA', 0],
        ['TSLA', 30],
        ['NVDA', 60, 31],
      ],
      ['NVDA', 'TSLA'],
    ],
  ])('%s', async (_name, slides, cards) => {
    expect(await cardsOf(slides)).toEqual(cards);
  });

  it.each([
    ['the later one if it is deeper', 20, 31, ['merged', 'sent']],
    ['the earlier one if it is deeper', 31, 20, ['sent', 'merged']],
  ])('of two slides of one symbol post %s', async (_name, first, second, states) => {
    const fixture = await createDeliveryFixture();
    await fixture.addChannel('discord', '1');
    await fixture.enqueueSlide('NVDA', { percent: first });
    await fixture.enqueueSlide('NVDA', { percent: second });
    await fixture.createCourier([recorder('discord')]).run(fixture.now);
    expect((await fixture.rows()).map(({ state }) => state)).toEqual(states);
  });
});

it('a roll-up keeps its stories and its key on every attempt, even if more slides come', async () => {
  const fixture = await createDeliveryFixture();
  await fixture.addChannel('discord', '1');
  await fixture.enqueueSlide('NVDA');
  await fixture.enqueueSlide('TSLA');
  await fixture.enqueueSlide('NVDA', { percent: 31 });
  await fixture.enqueueSlide('META');
  const discord = recorder('discord', ({ key }, nth) =>
    nth < 3 ? { kind: 'unknown', reason: 'answer lost' } : { kind: 'sent', messageId: key },
  );
  const courier = fixture.createCourier([discord]);
  for (let n = 0; n < 3; n += 1) {
    await courier.run(fixture.now);
    await fixture.enqueueSlide('AMZN', { made: NOON + SECOND });
    fixture.now += MINUTE;
  }
  const [first, second, third] = discord.postings;
  expect([first, second, third].map((it) => it?.card.title)).toEqual(Array(3).fill('TSLA NVDA META'));
  expect(new Set([first, second, third].map((it) => it?.key)).size).toBe(1);
  expect(third?.maybePosted).toBe(true);
  const states = (await fixture.rows()).slice(0, 4).map(({ symbol, state, batch }) => [symbol, state, batch]);
  expect(states).toEqual([
    ['NVDA', 'merged', null],
    ['TSLA', 'sent', 2],
    ['NVDA', 'sent', 2],
    ['META', 'sent', 2],
  ]);
});

it('a roll-up expires as a whole, with its newest story', async () => {
  const fixture = await createDeliveryFixture();
  await fixture.addChannel('discord', '1');
  await fixture.enqueueSlide('NVDA');
  await fixture.enqueueSlide('TSLA', { made: NOON + MINUTE, due: NOON });
  await fixture.enqueueSlide('META', { made: NOON + 2 * MINUTE, due: NOON });
  const discord = recorder('discord', () => ({ kind: 'later', reason: 'busy' }));
  const courier = fixture.createCourier([discord]);
  await courier.run(fixture.now);
  fixture.now = NOON + 12 * 60 * MINUTE + MINUTE;
  await courier.run(fixture.now);
  expect((await fixture.rows()).map(({ state }) => state)).toEqual(['pending', 'pending', 'pending']);
  fixture.now += MINUTE;
  await courier.run(fixture.now);
  expect((await fixture.rows()).map(({ state }) => state)).toEqual(['expired', 'expired', 'expired']);
});
