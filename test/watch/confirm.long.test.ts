import { expect, test } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { sentTo } from '../roads/crash.ts';
import { at, START_PRICES } from '../roads/market.ts';
import type { Stage } from '../roads/stage.ts';
import { afterFriday, atEleven, MON, runMonday } from '../roads/weekend.ts';
import { storedStories } from '../store/inspect.ts';

const SECOND_MS = 1_000;

/** Runs the jobs each second up to `seconds` after `from`; every ticker trades, unless `trades` says no. Returns when slides were first told, in seconds. */
const toldAfter = async (
  { world, app }: { readonly world: Stage; readonly app: App },
  from: number,
  { seconds, trades = () => true }: { readonly seconds: number; readonly trades?: (second: number) => boolean },
): Promise<number | undefined> => {
  for (let second = 1; second <= seconds; second += 1) {
    const now = from + second * SECOND_MS;
    if (trades(second)) world.market.trade(now);
    await world.runJobs(app, now);
    if ((await storedStories(app.store.db)).length > 0) return second;
  }
  return undefined;
};

/** Lets NVDA fall to these fractions of its price, a poll each; the last one crosses 7%. */
const fall = async (
  { world, app }: Awaited<ReturnType<typeof atEleven>>,
  ...to: readonly number[]
): Promise<number> => {
  let now = at(MON, '11:00');
  for (const factor of to) {
    now += 60 * SECOND_MS;
    world.market.move('NVDA', factor);
    world.market.trade(now);
    await world.runJobs(app, now);
  }
  return now;
};

const quoteRequests = ({ world }: { readonly world: Stage }): string[] =>
  world.yahoo.requests.flatMap(({ endpoint, query }) => (endpoint === 'quote' ? (query.get('symbols') ?? '') : []));

test('a crossing by a small step is confirmed ten seconds later, by a request for its symbol alone', async () => {
  const it = await atEleven();
  const crossed = await fall(it, 0.94, 0.935, 0.932, 0.9298);
  const before = quoteRequests(it).length;
  expect(await toldAfter(it, crossed, { seconds: 60 })).toBe(10);
  expect(quoteRequests(it).slice(before)).toEqual(['NVDA']);
});

test('polls of ten seconds confirm a crossing themselves: nothing is asked out of turn', async () => {
  const it = await atEleven({ pollMs: 10_000 });
  const crossed = await fall(it, 0.94, 0.935, 0.932, 0.9298);
  const before = quoteRequests(it).length;
  // Two seconds after it, and not five, there is another trade.
  expect(await toldAfter(it, crossed, { seconds: 30, trades: (second) => second === 2 })).toBe(10);
  expect(
    quoteRequests(it)
      .slice(before)
      .some((symbols) => symbols === 'NVDA'),
  ).toBe(false);
});

test('a second quote whose trade is not five seconds newer confirms nothing: it is asked for again', async () => {
  const it = await atEleven();
  const crossed = await fall(it, 0.94, 0.935, 0.932, 0.9298);
  const halted = (second: number): boolean => second < 4 || second > 15;
  expect(await toldAfter(it, crossed, { seconds: 60, trades: halted })).toBe(20);
});

test('a crossing by a sudden step waits for the next poll: it may be a wrong tick', async () => {
  const it = await atEleven();
  const crossed = await fall(it, 0.93);
  const before = quoteRequests(it).length;
  expect(await toldAfter(it, crossed, { seconds: 90 })).toBe(60);
  expect(quoteRequests(it).slice(before)).toHaveLength(1);
});

test('a wrong tick that lasts for less than a minute is told by no poll, however frequent', async () => {
  const it = await atEleven({ pollMs: 1_000 });
  it.world.market.move('NVDA', 0.93);
  expect(await toldAfter(it, at(MON, '11:00'), { seconds: 57 })).toBeUndefined();
  it.world.market.move('NVDA', 1);
  expect(await toldAfter(it, at(MON, '11:00:57'), { seconds: 60 })).toBeUndefined();
});

test('a level that is crossed by a small step from where the price fell to suddenly waits for a minute after that fall', async () => {
  const it = await atEleven({ pollMs: 1_000 });
  it.world.market.move('NVDA', 0.931);
  expect(await toldAfter(it, at(MON, '11:00'), { seconds: 20 })).toBeUndefined();
  it.world.market.move('NVDA', 0.9295);
  expect(await toldAfter(it, at(MON, '11:00:20'), { seconds: 38 })).toBeUndefined();
  expect(await toldAfter(it, at(MON, '11:00:58'), { seconds: 10 })).toBeLessThanOrEqual(2);
});

test('a price that goes on falling from where it fell to suddenly is confirmed as any other', async () => {
  const it = await atEleven({ pollMs: 1_000 });
  it.world.market.move('NVDA', 0.934);
  expect(await toldAfter(it, at(MON, '11:00'), { seconds: 20 })).toBeUndefined();
  it.world.market.move('NVDA', 0.9315);
  expect(await toldAfter(it, at(MON, '11:00:20'), { seconds: 3 })).toBeUndefined();
  it.world.market.move('NVDA', 0.9295);
  expect(await toldAfter(it, at(MON, '11:00:23'), { seconds: 20 })).toBeLessThanOrEqual(10);
});

test.each([
  ['where most prices move by as much, a larger step is an ordinary one', [0.945, 0.938, 0.9295], 0.005, 10],
  ['a larger step than 1% may be a wrong tick, however much all prices move', [0.96, 0.945, 0.9295], 0.006, 60],
])('%s', async (_, factors, othersBy, seconds) => {
  const { world, app } = await atEleven();
  let crossed = 0;
  for (const [nth, factor] of factors.entries()) {
    crossed = at(MON, '11:00') + (nth + 1) * 60 * SECOND_MS;
    for (const ticker of Object.keys(START_PRICES))
      if (ticker !== 'AAPL') world.market.move(ticker, ticker === 'NVDA' ? factor : 0.99 - othersBy * nth);
    world.market.trade(crossed);
    await world.runJobs(app, crossed);
  }
  expect(await toldAfter({ world, app }, crossed, { seconds: 60 })).toBe(seconds);
});

test('a fall at the opening is confirmed at once: the session has no price before it', async () => {
  const world = await afterFriday();
  const app = await world.start();
  await runMonday(world, app, '09:20', '09:29');
  world.market.move('NVDA', 0.88);
  expect(await toldAfter({ world, app }, at(MON, '09:30'), { seconds: 60 })).toBeLessThanOrEqual(25);
});

test.each([
  ['nearly our last close confirms at once', 100.5, 25],
  ['no previous close, whose unit is unknown, waits for a minute', undefined, 90],
])('a fall at the opening by a quote with %s', async (_, regularMarketPreviousClose, within) => {
  const world = await afterFriday();
  const app = await world.start();
  await runMonday(world, app, '09:20', '09:29');
  const from = at(MON, '09:30');
  let told: number | undefined;
  for (let second = 1; second <= 120 && told === undefined; second += 1) {
    const now = from + second * SECOND_MS;
    world.market.trade(now, ['NVDA']);
    world.yahoo.setQuote('NVDA', { price: 88, time: now - SECOND_MS, raw: { regularMarketPreviousClose } });
    await world.runJobs(app, now);
    if ((await storedStories(app.store.db)).length > 0) told = second;
  }
  expect(told).toBeLessThanOrEqual(within);
  expect(told).toBeGreaterThan(within === 90 ? 58 : 0);
});

test.each([
  [1, ' late'],
  [5, ''],
])('a crossing after two polls without a trade, %d minutes apart, is told as%s', async (minutes, late) => {
  const { world, app } = await atEleven({ pollMs: minutes * 60 * SECOND_MS });
  const begin = at(MON, '11:00');
  const quiet = 12 * 60;
  for (let second = 5; second <= 30 * 60; second += 5) {
    const now = begin + second * SECOND_MS;
    if (second > quiet) world.market.move('NVDA', 0.929);
    world.market.trade(now, second > quiet ? [] : ['NVDA']);
    await world.runJobs(app, now);
  }
  expect(await sentTo(app, 'board')).toEqual([[`NVDA day 7 ${MON}${late}`]]);
});

test('a source that throttles is not asked out of turn', async () => {
  const it = await atEleven();
  const crossed = await fall(it, 0.94, 0.935, 0.932, 0.9298);
  it.world.yahoo.fail(({ path }) => (path.endsWith('/quote') ? 'json-429' : undefined));
  await toldAfter(it, crossed, { seconds: 11 });
  it.world.yahoo.heal();
  expect(await toldAfter(it, crossed + 11 * SECOND_MS, { seconds: 48 })).toBeUndefined();
});
