import { expect, test } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { alertsOf } from '../../src/store/alerts.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { recorder } from '../delivery/recorder.ts';
import { sessionsUntil } from '../market/sessions-until.ts';
import { at } from './market.ts';
import { calendar, type Stage, stage } from './stage.ts';
import { FRI, MON } from './weekend.ts';

const TUE = '2025-06-03';

/** Bars of the `count` sessions up to `last`. */
const barsUntil = (last: string, count: number, close: (session: string) => number) =>
  sessionsUntil(calendar, last, count).map((session) => ({ session, close: close(session) }));

/** Tesla at a price, with what its source says of the close before, from a minute on. */
type Quoted = readonly [time: string, price: number, previousClose: number];

/** Runs one session; all other prices are steady. */
const runDay = async (world: Stage, app: App, session: string, quoted: readonly Quoted[]): Promise<void> => {
  world.set(at(session, '09:20'));
  while (world.clock() < at(session, '17:30')) {
    const isCalm = [...quoted, ['09:30'], ['16:00'], ['17:30']].every(([time = '']) => {
      const since = world.clock() - at(session, time as string);
      return since >= 15 * MINUTE_MS || since < -5 * MINUTE_MS;
    });
    const now = world.clock() + (isCalm ? 5 : 1) * MINUTE_MS;
    if (now >= at(session, '09:30') && now <= at(session, '16:01')) {
      world.market.trade(now, ['TSLA']);
      const [, price = 300, previousClose = 300] = quoted.findLast(([time]) => at(session, time) <= now) ?? [];
      const raw = { regularMarketPreviousClose: previousClose };
      world.yahoo.setQuote('TSLA', { price, time: now - 1_000, raw });
    }
    await world.runJobs(app, now);
  }
};

/** A year of closes at 300, and a channel that wants rises of Tesla alone. */
const play = async () => {
  const world = await stage(at(FRI, '17:00'));
  world.market.past(FRI, 300);
  world.yahoo.setBars(
    'TSLA',
    barsUntil(FRI, 300, () => 300),
  );
  const discord = recorder('discord');
  const app = await world.start(discord, 'env');
  await world.runJobs(app, at(FRI, '17:00'));
  const settings = { rules: { TSLA: { rise: [1_000, 2_000], dayRise: [500] } }, kinds: [] };
  await app.channels.open(
    { platform: 'discord', address: 'own' },
    { language: 'en', origin: 'setup', settings },
    at(FRI, '17:00'),
  );
  const titles = () =>
    discord.postings
      .filter(({ channelId }) => channelId === 'own')
      .map(({ card }) => card.title.replaceAll('\u202f', ' '));
  return { world, app, titles };
};

test('prices in another unit are no rise; a true one in it is told once, by quotes, and not again when the history follows', async () => {
  const { world, app, titles } = await play();
  await runDay(world, app, MON, [
    ['09:30', 3_000, 3_000],
    ['13:00', 3_360, 3_000],
  ]);
  const told = ['▲ Tesla is 12.0% above its low'];
  expect(titles()).toEqual(told);
  world.yahoo.setBars(
    'TSLA',
    barsUntil(MON, 300, (session) => (session === MON ? 3_360 : 3_000)),
  );
  await runDay(world, app, TUE, [['09:30', 3_370, 3_360]]);
  expect(titles()).toEqual(told);
});

test('prices in a unit that no split explains make no rise, neither by quotes nor by the close', async () => {
  const { world, app, titles } = await play();
  await runDay(world, app, MON, [
    ['09:30', 360, 360],
    ['13:00', 372, 360],
  ]);
  expect(titles()).toEqual([]);
});

test('one price in another unit confirms no rise of the next price', async () => {
  const { world, app, titles } = await play();
  await runDay(world, app, MON, [
    ['10:00', 372, 360],
    ['10:01', 331, 300],
    ['10:02', 332, 300],
    ['10:03', 301, 300],
  ]);
  expect(titles()).toEqual([]);
});

test('one wrong tick is no rise, and a fall of one tick arms none again', async () => {
  const { world, app, titles } = await play();
  await runDay(world, app, MON, [
    ['10:00', 331, 300],
    ['10:20', 335, 300],
    ['11:00', 301, 300],
    ['11:01', 335, 300],
  ]);
  expect(titles()).toEqual([expect.stringMatching(/^▲ Tesla is 10\.3% above its low/)]);
  const ticks = await play();
  await runDay(ticks.world, ticks.app, MON, [
    ['10:00', 333, 300],
    ['10:01', 301, 300],
  ]);
  expect(ticks.titles()).toEqual([]);
});

test('a rise that the closes before it turn out not to bear is withdrawn', async () => {
  const { world, app, titles } = await play();
  world.yahoo.setBars('TSLA', [...barsUntil(FRI, 299, () => 300), { session: MON, close: 332 }]);
  await runDay(world, app, MON, [['09:30', 332, 300]]);
  expect(titles()).toHaveLength(1);
  world.yahoo.setBars(
    'TSLA',
    barsUntil(MON, 299, (session) => (session < MON ? 330 : 332)),
  );
  await runDay(world, app, TUE, [['09:30', 332, 332]]);
  for (const day of ['2025-06-07', '2025-06-08']) {
    world.set(at(day, '10:00'));
    await world.run(app, at(day, '10:30'));
  }
  expect(titles().slice(1)).toEqual(['Withdrawn: Tesla did not rise']);
  expect(await alertsOf(app.store.db, MON)).toEqual([]);
});
