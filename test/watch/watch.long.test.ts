import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { chartAnswer } from '../doubles/yahoo/answers.ts';
import { sentTo } from '../roads/crash.ts';
import { at } from '../roads/market.ts';
import { type Stage, stage } from '../roads/stage.ts';

const [FRI, MON, TUE] = ['2025-05-30', '2025-06-02', '2025-06-03'] as const;

const stageAt = async (now: number): Promise<Stage> => {
  const world = await stage(now);
  world.market.past(FRI, 300);
  return world;
};

const isChartOf =
  (...tickers: string[]) =>
  ({ path }: { path: string }) =>
    tickers.some((ticker) => path.endsWith(`/chart/${encodeURIComponent(ticker)}`)) ? 'server-error' : undefined;

/** Yahoo's answer if it has no bar of the period. */
const NO_BARS = chartAnswer(
  { quotes: new Map(), bars: new Map([['NVDA', []]]), splits: new Map() },
  'NVDA',
  new URLSearchParams({ period1: '0', events: 'split' }),
);

describe('a history that cannot be fetched', () => {
  it('keeps only its own symbol waiting, until it is fetched', async () => {
    const world = await stageAt(at(FRI, '17:00'));
    const app = await world.start();
    await world.runJobs(app, at(FRI, '17:00'));
    world.set(at(MON, '09:20'));
    world.yahoo.fail(isChartOf('AAPL'));
    await world.run(app, at(MON, '10:00'));
    world.market.move('TSLA', 0.88);
    world.market.move('AAPL', 0.88);
    await world.run(app, at(MON, '10:05'));
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/10 ${MON}`]]);
    expect(app.watcher.health()).toMatchObject({ goodAt: at(MON, '10:05') });
    expect(app.watcher.health().refused.get('AAPL')).toBe('no history');
    expect(app.watcher.health().problem).toBeUndefined();

    world.yahoo.heal();
    await world.run(app, at(MON, '10:10'));
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/10 ${MON}`], [`AAPL 252/10 ${MON} late`]]);
  });

  it('hides no split: a symbol whose check before the bell failed raises nothing at its new price', async () => {
    const world = await stageAt(at(FRI, '17:00'));
    const app = await world.start();
    await world.runJobs(app, at(FRI, '17:00'));
    world.set(at(MON, '09:20'));
    world.market.splitTenForOne('NVDA', MON);
    world.yahoo.fail(isChartOf('NVDA'));
    await world.run(app, at(MON, '10:00'));
    world.yahoo.heal();
    await world.run(app, at(MON, '10:30'));
    expect(await sentTo(app, 'board')).toEqual([]);
    expect(app.watcher.memory.histories.shares('NVDA')).toBe(246_000_000_000);
    expect(app.watcher.memory.quotes.get('NVDA')?.price).toBe(10_000_000);
  });

  it('that is cut short after a split does not replace ours', async () => {
    const world = await stageAt(at(FRI, '17:00'));
    const app = await world.start();
    await world.runJobs(app, at(FRI, '17:00'));
    const bars = app.watcher.memory.histories.bars('NVDA');
    world.set(at(MON, '09:20'));
    world.market.splitTenForOne('NVDA', MON);
    world.yahoo.fail(({ path, query }) =>
      path.endsWith('/chart/NVDA') && Number(query.get('period1')) < 1e9 ? NO_BARS : undefined,
    );
    await world.run(app, at(MON, '09:40'));
    expect(app.watcher.memory.histories.bars('NVDA')).toEqual(bars);
    world.yahoo.heal();
    await world.run(app, at(MON, '09:45'));
    expect(app.watcher.memory.histories.bars('NVDA')).toHaveLength(bars.length);
    expect(app.watcher.memory.histories.bars('NVDA').at(-1)?.close).toBe(10_000_000);
    expect(await sentTo(app, 'board')).toEqual([]);
  });
});

it('a split that shows only in the price waits for the history, and raises nothing', async () => {
  const world = await stageAt(at(MON, '09:20'));
  const app = await world.start();
  await world.run(app, at(MON, '10:00'));
  world.market.splitTenForOne('NVDA', MON);
  await world.run(app, at(MON, '10:30'));
  expect(await sentTo(app, 'board')).toEqual([]);
  expect(app.watcher.memory.quotes.get('NVDA')?.price).toBe(10_000_000);
});

it('a delayed source does not make the first crossing of a session late', async () => {
  const world = await stageAt(at(FRI, '17:00'));
  const app = await world.start();
  await world.runJobs(app, at(FRI, '17:00'));
  world.market.move('^IXIC', 0.97);
  world.set(at(MON, '09:20'));
  await world.run(app, at(MON, '09:29'));
  for (let now = at(MON, '09:30'); now <= at(MON, '09:50'); now += MINUTE_MS) {
    world.market.trade(now, ['^IXIC']);
    const traded = Math.max(now - 15 * MINUTE_MS, at(FRI, '16:00'));
    const price = traded < at(MON, '09:30') ? 20_000 : 19_400;
    const time = traded < at(MON, '09:30') ? at(FRI, '16:00') : traded;
    world.yahoo.setQuote('^IXIC', { price, time, delayMinutes: 15 });
    await world.runJobs(app, now);
  }
  expect(await sentTo(app, 'board')).toEqual([[`IXIC day 2.5 ${MON}`]]);
});

it('a crossing that the next quote does not confirm raises nothing', async () => {
  const world = await stageAt(at(MON, '09:20'));
  const app = await world.start();
  await world.run(app, at(MON, '10:00'));
  world.market.move('TSLA', 0.89);
  await world.run(app, at(MON, '10:01'));
  world.market.move('TSLA', 1);
  await world.run(app, at(MON, '10:10'));
  expect(await sentTo(app, 'board')).toEqual([]);
});

it('a level that has fired is not armed again by one price that is too high, but by two', async () => {
  const world = await stageAt(at(MON, '09:20'));
  const app = await world.start();
  const runAt = async (factor: number, until: string): Promise<void> => {
    world.market.move('TSLA', factor);
    await world.run(app, at(MON, until));
  };
  await runAt(0.89, '10:00');
  await runAt(1.02, '10:01');
  await runAt(0.89, '10:10');
  const first = [[`TSLA 252/10 ${MON}`]];
  expect(await sentTo(app, 'board')).toEqual(first);
  await runAt(1.02, '10:12');
  await runAt(0.89, '10:20');
  expect(await sentTo(app, 'board')).toEqual([...first, ...first]);
});

it('a fall before the closing bell is one card, without a second one for the closing price', async () => {
  const world = await stageAt(at(MON, '15:30'));
  const app = await world.start();
  await world.run(app, at(MON, '15:40'));
  world.market.move('TSLA', 0.78);
  await world.run(app, at(MON, '16:00'));
  world.market.close(MON);
  await world.run(app, at(MON, '16:30'));
  world.set(at(TUE, '09:20'));
  await world.run(app, at(TUE, '09:40'));
  expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/20 ${MON}`]]);
});

it('a fall in the last minute is alerted at the closing price', async () => {
  const world = await stageAt(at(MON, '15:30'));
  const app = await world.start();
  await world.run(app, at(MON, '15:59'));
  world.market.move('TSLA', 0.78);
  await world.run(app, at(MON, '16:00'));
  world.market.close(MON);
  await world.run(app, at(MON, '16:30'));
  expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/20 ${MON}`]]);
});

describe('health', () => {
  it('says why there are no prices, until they are back', async () => {
    const world = await stageAt(at(MON, '09:20'));
    const app = await world.start();
    await world.run(app, at(MON, '09:40'));
    expect(app.watcher.health().problem).toBeUndefined();
    world.yahoo.fail({ fault: 'edge-429', times: Number.POSITIVE_INFINITY });
    await world.run(app, at(MON, '09:50'));
    expect(app.watcher.health()).toMatchObject({
      problem: expect.stringContaining('rate limiting'),
      goodAt: at(MON, '09:40'),
    });
    world.yahoo.heal();
    await world.run(app, at(MON, '10:10'));
    expect(app.watcher.health()).toMatchObject({ goodAt: at(MON, '10:10') });
    expect(app.watcher.health().problem).toBeUndefined();
  });

  it('requests no quote from Yahoo while nothing trades, and compares the histories on Saturday', async () => {
    const world = await stageAt(at(FRI, '20:01'));
    const app = await world.start();
    await world.runJobs(app, at(FRI, '20:01'));
    for (let hour = 1; hour < 60; hour += 1) await world.runJobs(app, at(FRI, '20:01') + hour * 60 * MINUTE_MS);
    expect(world.yahoo.requests.filter(({ endpoint }) => endpoint === 'quote')).toEqual([]);
    expect(world.yahoo.requests.filter(({ endpoint }) => endpoint === 'chart')).toHaveLength(16);
  });
});
