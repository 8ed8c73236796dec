import { describe, expect, it, onTestFinished } from 'vitest';
import { buildCard } from '../../src/cards/story-cards.ts';
import { createFailover } from '../../src/market/failover.ts';
import { createFinnhub } from '../../src/market/sources/finnhub/index.ts';
import { createYahoo } from '../../src/market/sources/yahoo/index.ts';
import { readPosted } from '../../src/store/posted.ts';
import { silent } from '../../src/telemetry/log.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { startFinnhubDouble } from '../doubles/finnhub/index.ts';
import { sentTo } from './crash.ts';
import { at } from './market.ts';
import { calendar, stage } from './stage.ts';

const [FRI, MON] = ['2025-05-30', '2025-06-02'] as const;
const STOCKS = ['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA'];
const PRICES: Readonly<Record<string, number>> = { MSFT: 400, GOOGL: 170, META: 600, NVDA: 100, TSLA: 300 };

/** A quiet Monday on Yahoo and Finnhub, until 10:30. */
const monday = async () => {
  const world = await stage(at(MON, '09:25'));
  world.market.past(FRI, 300);
  const finnhub = await startFinnhubDouble();
  onTestFinished(() => finnhub.close());
  const factors = new Map<string, number>();
  const app = await world.start(undefined, '', {
    source: async () => {
      const options = { log: silent, wait: async () => {}, random: () => 0 };
      const yahoo = createYahoo({ url: world.yahoo.url, ...options });
      return createFailover(
        yahoo,
        [createFinnhub({ url: finnhub.url, token: finnhub.token, ...options }, calendar)],
        silent,
      );
    },
  });
  /** Moves a price at both sources. */
  const move = (symbol: string, factor: number): void => {
    factors.set(symbol, factor);
    world.market.move(symbol, factor);
  };
  const until = (time: string): Promise<void> =>
    world.run(app, at(MON, time), (now) => {
      finnhub.nextMinute();
      for (const symbol of STOCKS) {
        const previousClose = PRICES[symbol] ?? 200;
        const price = previousClose * (factors.get(symbol) ?? 1);
        finnhub.setQuote(symbol, { price, previousClose, time: now - 1_000 });
      }
    });
  await until('10:30');
  return { ...world, app, finnhub, move, until };
};

it('a 22 % slide while Yahoo is down for 20 minutes is one card that names its source, and the board says so', async () => {
  const { app, yahoo, finnhub, move, until } = await monday();
  expect(finnhub.asked).toEqual([]);
  yahoo.fail({ fault: 'server-error', times: Number.POSITIVE_INFINITY });
  await until('10:35');
  expect(app.watcher.health()).toMatchObject({
    goodAt: at(MON, '10:35'),
    speakers: {
      quotes: {
        bySymbol: new Map(STOCKS.map((symbol) => [symbol, 'Finnhub'])),
        failing: [{ source: 'Yahoo', fault: 'unreachable', because: expect.stringContaining('HTTP 500') }],
      },
    },
  });
  expect(app.watcher.health().refused.get('IXIC')).toBe('no backup has it');
  expect(finnhub.asked).toHaveLength(5 * STOCKS.length);
  // The Nasdaq's last quote is Yahoo's of 10:30.
  expect(await (await fetch(`${app.boardUrl}/health`)).json()).toMatchObject({
    lastQuoteAt: at(MON, '10:35') - 1_000,
    sources: [
      { name: 'Yahoo', ok: false, detail: expect.stringContaining('HTTP 500') },
      { name: 'Finnhub', ok: true },
    ],
  });
  move('TSLA', 0.78);
  await until('10:50');
  yahoo.heal();
  await until('11:10');
  expect(app.watcher.health().speakers?.quotes.failing).toEqual([]);
  expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/20 ${MON}`]]);

  const [posted] = await readPosted(app.store.db, 'board', 1);
  for (const [language, says] of [
    ['en', '2 Jun 2025 10:36 New York (Finnhub)'],
    ['ko', 'Finnhub'],
  ] as const) {
    const card = buildCard(posted?.stories ?? [], language, app.catalogue);
    expect(card.footer.join(' ').replace(/\s/g, ' ')).toContain(says);
  }
});

describe('a jump of more than a quarter', () => {
  it('is accepted with the first quote if Finnhub agrees, and posted with the second', async () => {
    const { app, finnhub, move, until } = await monday();
    move('TSLA', 0.6);
    await until('10:31');
    expect(finnhub.asked).toEqual(['TSLA']);
    expect(app.watcher.memory.quotes.get('TSLA')).toMatchObject({ price: 180_000_000, source: 'Yahoo' });
    await until('10:40');
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/40 ${MON}`]]);
  });

  it('waits for confirmation if Finnhub does not agree', async () => {
    const { app, market, yahoo, runJobs, until, move } = await monday();
    const now = at(MON, '10:31');
    market.trade(now);
    yahoo.setQuote('TSLA', { price: 180, time: now - 1_000 });
    await runJobs(app, now);
    expect(app.watcher.health().refused.get('TSLA')).toBe('jump waits');
    move('TSLA', 1);
    await until('10:40');
    expect(await sentTo(app, 'board')).toEqual([]);
  });

  it('of half the price is accepted, too: both count it from our close', async () => {
    const { app, move, until } = await monday();
    move('TSLA', 0.5);
    await until('10:40');
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/50 ${MON}`]]);
  });
});

it('while Yahoo throttles all morning, requests to Finnhub stay within its quota', async () => {
  const { app, yahoo, finnhub, until, clock } = await monday();
  yahoo.fail({ fault: 'edge-429', times: Number.POSITIVE_INFINITY });
  const before = finnhub.asked.length;
  const from = clock();
  await until('12:00');
  const minutes = (clock() - from) / MINUTE_MS;
  expect(finnhub.asked.length - before).toBe(minutes * STOCKS.length);
  expect(app.watcher.health()).toMatchObject({ goodAt: at(MON, '12:00') });
});
