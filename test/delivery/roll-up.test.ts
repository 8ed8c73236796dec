import { describe, expect, it } from 'vitest';
import { GATHER_MS } from '../../src/stories/slide-window.ts';
import type { Name } from '../cards/stories.ts';
import { storedChannels } from '../store/inspect.ts';
import { createDeliveryFixture, MINUTE, NOON, SECOND } from './delivery-fixture.ts';
import { recorder } from './recorder.ts';

type Slide = readonly [symbol: Name, afterSeconds: number, percent?: number];

/** The cards that are made of these slides, each as its second and its symbols; a slide is due as the fan-out says. */
const cardsOf = async (...slides: readonly Slide[]): Promise<string[]> => {
  const fixture = await createDeliveryFixture();
  await fixture.addChannel('discord', '1');
  const posted: string[] = [];
  const discord = recorder('discord', ({ key, card }) => {
    posted.push(`${(fixture.now - NOON) / SECOND} ${card.title}`);
    return { kind: 'sent', messageId: key };
  });
  const courier = fixture.createCourier([discord]);
  const last = Math.max(...slides.map(([, after]) => after)) + 310;
  for (let second = 0; second <= last; second += 1) {
    fixture.now = NOON + second * SECOND;
    for (const [symbol, after, percent = 20] of slides) {
      if (after !== second) continue;
      const [channel] = await storedChannels(fixture.store.db);
      const due = Math.max(fixture.now + GATHER_MS, channel?.shutUntil ?? 0);
      await fixture.enqueueSlide(symbol, { due, percent });
    }
    await courier.run(fixture.now);
  }
  expect((await fixture.rows()).every(({ state }) => state === 'sent' || state === 'merged')).toBe(true);
  return posted;
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

  it.each<[what: string, slides: readonly Slide[], cards: readonly string[]]>([
    [
      'two symbols at once are two cards, at once',
      [
        ['NVDA', 0],
        ['TSLA', 0],
      ],
      ['3 NVDA', '3 TSLA'],
    ],
    [
      'three symbols at once are one card',
      [
        ['NVDA', 0],
        ['TSLA', 0],
        ['META', 2],
      ],
      ['3 NVDA TSLA META'],
    ],
    [
      'what comes while the channel is shut is one card when it opens, two minutes after the first',
      [
        ['NVDA', 0],
        ['TSLA', 10],
        ['META', 110],
        ['AMZN', 124],
      ],
      ['3 NVDA', '123 TSLA META', '243 AMZN'],
    ],
    [
      'one symbol that comes while it is shut is its own card',
      [
        ['NVDA', 0],
        ['TSLA', 60],
      ],
      ['3 NVDA', '123 TSLA'],
    ],
    [
      'of a symbol’s slides the deepest is shown',
      [
        ['NVDA', 0, 20],
        ['NVDA', 30, 31],
        ['NVDA', 60, 42],
      ],
      ['3 NVDA', '123 NVDA'],
    ],
    [
      'of two slides of one symbol in a roll-up only the deeper is shown',
      [
        ['NVDA', 0],
        ['TSLA', 1],
        ['NVDA', 2, 31],
        ['META', 2],
      ],
      ['3 TSLA NVDA META'],
    ],
    [
      'the fourth message in a quarter of an hour shuts it for five minutes, and so does each until it was quiet',
      [
        ['NVDA', 0],
        ['TSLA', 60],
        ['META', 200],
        ['AMZN', 300],
        ['AAPL', 400],
        ['MSFT', 500],
      ],
      ['3 NVDA', '123 TSLA', '243 META', '363 AMZN', '663 AAPL MSFT'],
    ],
    [
      'a channel that has been quiet gets its next slide at once',
      [
        ['NVDA', 0],
        ['TSLA', 130],
      ],
      ['3 NVDA', '133 TSLA'],
    ],
  ])('%s', async (_what, slides, cards) => {
    expect(await cardsOf(...slides)).toEqual(cards);
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
