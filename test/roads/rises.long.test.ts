import { expect, test } from 'vitest';
import type { App } from '../../src/app/app.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import { at } from './market.ts';
import { MON, recordedAtTen } from './weekend.ts';

const TUE = '2025-06-03';

/** A session under way, and a channel that wants rises of Nvidia and nothing else. */
const play = async (
  rules: NonNullable<ChannelSettings['rules']> = { NVDA: { rise: [2_000, 3_000], dayRise: [500] } },
) => {
  const world = await recordedAtTen({ rules, kinds: ['digest'] });
  const cards = (address: string) =>
    world
      .cards(address)
      .filter(({ kind }) => kind !== 'digest')
      .map(({ title, lead }) => [title, ...lead].map((text) => text.replaceAll('\u202f', ' ')));
  const titles = (address: string) => cards(address).map(([title]) => title);
  return { ...world, cards, titles };
};

const closing = async ({ run, market, set }: Awaited<ReturnType<typeof play>>, app: App, session: string) => {
  set(at(session, '15:55'));
  await run(app, at(session, '16:00'));
  market.close(session);
  await run(app, at(session, '16:20'));
};

test('rises reach the channel that has asked for them, each level once, and no other', async () => {
  const { app, market, run, cards, titles } = await play();
  market.move('NVDA', 1.06);
  await run(app, at(MON, '10:10'));
  expect(cards('own')).toEqual([
    [
      '▲ Nvidia is up 6.0% so far today',
      '$106.00, +6.0% from $100.00, on course for its best day on record (data since 20 Mar 2024). Nasdaq 0.0%.',
      '6.0% above the 52-week low of $100.00 on 30 May, 1 session ago.',
    ],
  ]);
  for (const [factor, time] of [
    [1.13, '10:20'],
    [1.21, '10:30'],
    [1.1, '10:40'],
    [1.22, '10:50'],
  ] as const) {
    market.move('NVDA', factor);
    await run(app, at(MON, time));
  }
  expect(cards('own').slice(1)).toEqual([
    [
      '▲ Nvidia is 21.0% above its low',
      '$121.00, +21.0% so far today. Nasdaq 0.0%.',
      '52-week low $100.00 on 30 May, 1 session ago.',
    ],
  ]);
  expect(titles('env')).toEqual([]);
});

test('the first quote alone tells nothing, nor does a price that is gone at the next', async () => {
  const { app, market, run, titles } = await play();
  market.move('NVDA', 1.07);
  await run(app, at(MON, '10:00') + 5_000);
  market.move('NVDA', 1.01);
  await run(app, at(MON, '10:30'));
  expect(titles('own')).toEqual([]);
});

test('what is under way when a channel asks for it is not told; the next level is', async () => {
  const { app, market, run, titles } = await play({});
  const own = await app.channels.at({ platform: 'discord', address: 'own' });
  market.move('NVDA', 1.11);
  await run(app, at(MON, '10:10'));
  market.move('NVDA', 1.22);
  await run(app, at(MON, '10:20'));
  await app.channels.change(own?.id ?? 0, (settings) => ({
    ...settings,
    rules: { NVDA: { rise: [2_000, 3_000], dayRise: [500] } },
  }));
  await run(app, at(MON, '10:30'));
  expect(titles('own')).toEqual([]);
  market.move('NVDA', 1.31);
  await run(app, at(MON, '10:40'));
  expect(titles('own')).toEqual(['▲ Nvidia is 31.0% above its low']);
});

test('a restart between the two quotes, and one after the card, lose and double nothing', async () => {
  const { app, market, run, restart, titles, set } = await play();
  market.move('NVDA', 1.06);
  await run(app, at(MON, '10:01'));
  await app.stop();
  const second = await restart();
  await run(second, at(MON, '10:06'));
  expect(titles('own')).toHaveLength(1);
  await second.stop();
  const third = await restart();
  set(at(MON, '10:10'));
  await run(third, at(MON, '10:30'));
  expect(titles('own')).toHaveLength(1);
});

test('a rise while the bot was down is one late card', async () => {
  const { app, market, run, restart, cards, set } = await play();
  await app.stop();
  market.move('NVDA', 1.24);
  set(at(MON, '11:00'));
  const again = await restart();
  await run(again, at(MON, '11:10'));
  const [card = []] = cards('own');
  expect(cards('own')).toHaveLength(1);
  expect(card[0]).toBe('▲ Nvidia was 24.0% above its low');
  expect(card[2]).toMatch(/^Posted late: this happened on 2 Jun/);
});

test('after a split the low is divided, and nothing is told again', async () => {
  const world = await play();
  const { app, market, run, titles, set } = world;
  market.move('NVDA', 1.22);
  await run(app, at(MON, '10:10'));
  expect(titles('own')).toEqual(['▲ Nvidia is 22.0% above its low']);
  await closing(world, app, MON);
  market.splitTenForOne('NVDA', TUE);
  set(at(TUE, '09:25'));
  await run(app, at(TUE, '10:00'));
  expect(titles('own')).toHaveLength(1);
  market.move('NVDA', 1.31);
  await run(app, at(TUE, '10:10'));
  expect(titles('own').slice(1)).toEqual([expect.stringMatching(/^▲ Nvidia is 31\.0% above its low$/)]);
});

test('a fall back of more than half of it arms a level again, and a fall alike stays another card', async () => {
  const { app, market, run, titles } = await play({ NVDA: { rise: [2_000], dayRise: [], day: [1_000] } });
  for (const [factor, time] of [
    [1.21, '10:10'],
    [1.05, '10:20'],
    [1.2, '10:30'],
  ] as const) {
    market.move('NVDA', factor);
    await run(app, at(MON, time));
  }
  expect(titles('own')).toEqual(['▲ Nvidia is 21.0% above its low', '▲ Nvidia is 20.0% above its low']);
});

test('three that rise together are one card, with what rose beside them', async () => {
  const { app, market, run, titles } = await play({ '*': { dayRise: [500] } });
  for (const ticker of ['NVDA', 'TSLA', 'META']) market.move(ticker, 1.08);
  market.move('AAPL', 1.02);
  await run(app, at(MON, '10:10'));
  expect(titles('own')).toEqual([expect.stringMatching(/^▲ Four of seven rose; (Nvidia|Tesla|Meta) \+8\.0%$/)]);
  expect(titles('env')).toEqual([]);
});
