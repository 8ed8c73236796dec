import { expect, it, onTestFinished } from 'vitest';
import { createFailover } from '../../src/market/failover.ts';
import { createTiingo } from '../../src/market/sources/tiingo/index.ts';
import { createYahoo } from '../../src/market/sources/yahoo/index.ts';
import { silent } from '../../src/telemetry/log.ts';
import { startTiingoDouble } from '../doubles/tiingo/index.ts';
import { sentTo } from './crash.ts';
import { at, START_PRICES } from './market.ts';
import { calendar, stage } from './stage.ts';

const [FRI, MON, TUE] = ['2025-05-30', '2025-06-02', '2025-06-03'] as const;
const STOCKS = Object.keys(START_PRICES).filter((ticker) => !ticker.startsWith('^'));

/** The last 300 sessions up to `last`, oldest first. */
const sessionsUntil = (last: string): string[] => {
  const sessions = [last];
  while (sessions.length < 300) sessions.unshift(calendar.previous(sessions[0] ?? last));
  return sessions;
};

it('a day that begins while Yahoo refuses is watched by Tiingo, within its quota, and Yahoo goes on from there', async () => {
  const world = await stage(at(MON, '09:25'));
  world.market.past(FRI, 300);
  world.yahoo.fail({ fault: 'edge-429', times: Number.POSITIVE_INFINITY });
  const tiingo = await startTiingoDouble();
  onTestFinished(() => tiingo.close());
  const factors = new Map<string, number>();
  const priceOf = (ticker: string): number => (START_PRICES[ticker] ?? 0) * (factors.get(ticker) ?? 1);
  const past = sessionsUntil(FRI);
  for (const ticker of STOCKS)
    tiingo.setRows(
      ticker,
      past.map((day) => ({ day, close: START_PRICES[ticker] ?? 0 })),
    );
  const options = { log: silent, wait: async () => {}, random: () => 0 };
  const app = await world.start(undefined, '', {
    source: async () =>
      createFailover(
        createYahoo({ url: world.yahoo.url, ...options }),
        [createTiingo({ url: tiingo.url, token: tiingo.token, ...options }, calendar)],
        silent,
      ),
  });
  let most = 0;
  const until = async (time: number): Promise<void> => {
    let [asked, minutes] = [tiingo.paths.length, 0];
    await world.run(app, time, (now) => {
      minutes += 1;
      if (minutes % 60 === 0) {
        most = Math.max(most, tiingo.paths.length - asked);
        asked = tiingo.paths.length;
        tiingo.nextHour();
      }
      const open = calendar.hours(calendar.dayOf(now))?.close ?? 0;
      for (const ticker of STOCKS)
        tiingo.setQuote(ticker, {
          price: priceOf(ticker),
          previousClose: START_PRICES[ticker] ?? 0,
          time: Math.min(now - 1_000, open),
        });
    });
  };

  await until(at(MON, '10:30'));
  const { speakers, problem, refused } = app.watcher.health();
  expect(problem).toBeUndefined();
  expect(speakers?.histories.bySymbol).toEqual(new Map(STOCKS.map((symbol) => [symbol, 'Tiingo'])));
  expect(speakers?.quotes.failing).toMatchObject([{ source: 'Yahoo', fault: 'throttled' }]);
  expect(refused.get('IXIC')).toBe('no history');

  factors.set('TSLA', 0.78);
  world.market.move('TSLA', 0.78);
  await until(at(MON, '16:10'));
  expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/20 ${MON}`]]);
  for (const ticker of STOCKS)
    tiingo.setRows(
      ticker,
      [...past, MON].map((day) => ({ day, close: day === MON ? priceOf(ticker) : (START_PRICES[ticker] ?? 0) })),
    );
  world.market.close(MON);
  await until(at(MON, '20:00'));
  expect(app.watcher.memory.histories.bars('TSLA').at(-1)).toMatchObject({ session: MON, close: 234_000_000 });
  expect(most).toBeLessThanOrEqual(45);

  world.yahoo.heal();
  await until(at(TUE, '09:40'));
  expect(app.watcher.health().speakers?.quotes.failing).toEqual([]);
  expect(app.watcher.memory.histories.bars('IXIC')).toHaveLength(301);
  expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/20 ${MON}`]]);
});
