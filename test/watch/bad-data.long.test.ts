import { describe, expect, it } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { alertsOf } from '../../src/store/alerts.ts';
import { writeLastQuote } from '../../src/store/last-quotes.ts';
import { readPosted } from '../../src/store/posted.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import type { DoubleBar } from '../doubles/yahoo/market.ts';
import { sessionsUntil } from '../market/sessions-until.ts';
import { sentTo } from '../roads/crash.ts';
import { at } from '../roads/market.ts';
import { calendar, type Stage, stage } from '../roads/stage.ts';
import { newDatabase } from '../store/temporary.ts';

const [FRI, MON, TUE, WED] = ['2025-05-30', '2025-06-02', '2025-06-03', '2025-06-04'] as const;

/** Bars of the `count` sessions up to `last`, at a close that may depend on the session. */
const barsUntil = (last: string, count: number, close: (session: string) => number | null): DoubleBar[] =>
  sessionsUntil(calendar, last, count).map((session) => ({ session, close: close(session) }));

/** Prices of TSLA by time: the last entry at or before a minute counts. */
type Prices = readonly (readonly [time: string, price: number | null])[];

interface Day {
  readonly session: string;
  readonly prices: Prices;
  /** The previous close that the source tells; by default what the double makes of its bars. */
  readonly previousClose?: number | null;
  readonly until?: string;
}

const priceAt = (prices: Prices, session: string, now: number): number | null =>
  prices.findLast(([time]) => at(session, time) <= now)?.[1] ?? null;

/** Runs one day of the bot, with TSLA's quotes as given and all others steady: a poll a minute, fewer where nothing moves. */
const runDay = async (world: Stage, app: App, { session, prices, previousClose, until = '17:30' }: Day) => {
  world.set(Math.max(world.clock(), at(session, '09:20')));
  const close = calendar.hours(session)?.close ?? 0;
  while (world.clock() < at(session, until)) {
    const isCalm = [...prices, ['09:30'], ['16:00'], [until]].every(([time = '']) => {
      const since = world.clock() - at(session, time);
      return since >= 15 * MINUTE_MS || since < -5 * MINUTE_MS;
    });
    const now = world.clock() + (isCalm ? 5 : 1) * MINUTE_MS;
    if (now >= at(session, '09:30') && now <= close + MINUTE_MS) {
      world.market.trade(now, ['TSLA']);
      const price = priceAt(prices, session, now);
      if (price !== null)
        world.yahoo.setQuote('TSLA', {
          price,
          time: now - 1_000,
          ...(previousClose !== undefined && { raw: { regularMarketPreviousClose: previousClose } }),
        });
    }
    await world.runJobs(app, now);
  }
};

const start = async (bars: readonly DoubleBar[], from = at(FRI, '17:00')): Promise<{ world: Stage; app: App }> => {
  const world = await stage(from);
  world.market.past(calendar.sessionOf(from), 300);
  world.yahoo.setBars('TSLA', bars);
  const app = await world.start();
  await world.runJobs(app, from);
  return { world, app };
};

const closeOf = (app: App, session: string) =>
  app.watcher.memory.histories.bars('TSLA').find((bar) => bar.session === session)?.close;

const steady = (price: number): Prices => [['09:30', price]];

describe('a history of two bases on the eve of a split', () => {
  const mixed = barsUntil(MON, 300, (session) => (session >= '2025-05-21' && session < MON ? 30 : 300));

  it.each([
    ['that is never told', false],
    ['that is told next morning with rows of one basis', true],
  ])('%s raises nothing, at whatever price', async (_name, isTold) => {
    const { world, app } = await start(barsUntil(FRI, 300, () => 300));
    await runDay(world, app, { session: MON, prices: steady(300), until: '15:59' });
    world.yahoo.setBars('TSLA', mixed);
    await runDay(world, app, { session: MON, prices: steady(300), previousClose: 300 });
    if (isTold) {
      world.yahoo.setBars(
        'TSLA',
        barsUntil(MON, 300, () => 300),
      );
      world.yahoo.addSplit('TSLA', { session: TUE, numerator: 10, denominator: 1 });
    }
    await runDay(world, app, {
      session: TUE,
      prices: [
        ['09:31', 29.6],
        ['11:00', 28.1],
        ['13:00', 31.8],
      ],
      previousClose: 30,
    });
    expect(await sentTo(app, 'board')).toEqual([]);
    if (isTold) expect(closeOf(app, MON)).toBe(30_000_000);
    else expect(app.watcher.memory.waiting.get('TSLA')).toMatchObject([{ because: 'mixed bases' }]);
  });

  it('tells a true fall of that day by the previous close, once', async () => {
    const { world, app } = await start(barsUntil(FRI, 300, () => 300));
    await runDay(world, app, { session: MON, prices: steady(300), until: '15:59' });
    world.yahoo.setBars('TSLA', mixed);
    await runDay(world, app, { session: MON, prices: steady(300), previousClose: 300 });
    await runDay(world, app, {
      session: TUE,
      prices: [
        ['09:31', 29.6],
        ['11:00', 26.2],
      ],
      previousClose: 30,
    });
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/10 ${TUE}`]]);
  });
});

describe('a split that is told while the rows before it stay undivided', () => {
  const undivided = (last: string): DoubleBar[] => barsUntil(last, 300, (session) => (session < MON ? 3000 : 30));

  it.each([
    ['before the bell', '09:20'],
    ['at noon', '12:00'],
    ['with the bar of the evening', '16:10'],
  ])('raises nothing, if it is told %s, and a true fall on Wednesday is told', async (_name, told) => {
    const { world, app } = await start(barsUntil(FRI, 300, () => 300));
    const tell = (): void => {
      // The double divides what is before a split, so ten times as much is undivided.
      world.yahoo.addSplit('TSLA', { session: MON, numerator: 10, denominator: 1 });
      world.yahoo.setBars('TSLA', undivided(MON).slice(0, -1));
    };
    if (told > '09:20') await runDay(world, app, { session: MON, prices: steady(30), previousClose: 30, until: told });
    tell();
    await runDay(world, app, { session: MON, prices: steady(30), previousClose: 30, until: '16:01' });
    world.yahoo.setBars('TSLA', undivided(MON));
    await runDay(world, app, { session: MON, prices: steady(30), previousClose: 30 });
    await runDay(world, app, { session: TUE, prices: steady(30), previousClose: 30, until: '16:01' });
    world.yahoo.setBars('TSLA', undivided(TUE));
    await runDay(world, app, { session: TUE, prices: steady(30), previousClose: 30 });
    expect(await sentTo(app, 'board')).toEqual([]);

    world.yahoo.setBars(
      'TSLA',
      barsUntil(TUE, 300, (session) => (session < MON ? 300 : 30)),
    );
    await runDay(world, app, {
      session: WED,
      prices: [
        ['09:31', 29.8],
        ['10:30', 26.4],
      ],
      previousClose: 30,
    });
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/10 ${WED}`]]);
    expect([FRI, MON, TUE].map((session) => closeOf(app, session))).toEqual([30_000_000, 30_000_000, 30_000_000]);
    expect(app.watcher.memory.histories.splits('TSLA')).toHaveLength(1);
  });
});

describe('a split that is told on a day on which the bot does not run', () => {
  it('raises nothing the next day, while the rows before it stay undivided, and a true fall after it is told', async () => {
    const world = await stage(at(FRI, '17:00'));
    world.market.past(FRI, 300);
    const options = { databaseUrl: await newDatabase() };
    const before = await world.start(undefined, '', options);
    await world.runJobs(before, at(FRI, '17:00'));
    await before.stop();
    const rows = (last: string, old: number): DoubleBar[] =>
      barsUntil(last, 300, (session) => (session < MON ? old : 30));
    world.set(at(TUE, '09:00'));
    world.yahoo.addSplit('TSLA', { session: MON, numerator: 10, denominator: 1 });
    world.yahoo.setBars('TSLA', rows(MON, 3000));
    const app = await world.start(undefined, '', options);
    await runDay(world, app, { session: TUE, prices: steady(30), previousClose: 30, until: '16:01' });
    world.yahoo.setBars('TSLA', rows(TUE, 3000));
    await runDay(world, app, { session: TUE, prices: steady(30), previousClose: 30 });
    expect(await sentTo(app, 'board')).toEqual([]);
    world.yahoo.setBars('TSLA', rows(TUE, 300));
    await runDay(world, app, {
      session: WED,
      prices: [
        ['09:31', 29.8],
        ['10:30', 26.4],
      ],
      previousClose: 30,
    });
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/10 ${WED}`]]);
    expect([FRI, MON, TUE].map((session) => closeOf(app, session))).toEqual([30_000_000, 30_000_000, 30_000_000]);
  });
});

describe('a session without a row', () => {
  it.each([
    ['is missing', false],
    ['has no close', true],
  ])('that %s makes no fall of one day out of two', async (_name, isNull) => {
    const { world, app } = await start(barsUntil(FRI, 300, () => 300));
    await runDay(world, app, { session: MON, prices: steady(288), previousClose: 300, until: '15:20' });
    world.set(at(TUE, '09:20'));
    const rows = [...barsUntil(FRI, 300, () => 300), ...(isNull ? [{ session: MON, close: null }] : [])];
    world.yahoo.setBars('TSLA', rows);
    await runDay(world, app, { session: TUE, prices: steady(276.48), previousClose: 288, until: '16:05' });
    world.yahoo.setBars('TSLA', [...rows, { session: TUE, close: 276.48 }]);
    await runDay(world, app, { session: TUE, prices: steady(276.48), previousClose: 288 });
    expect(await sentTo(app, 'board')).toEqual([]);
    expect(app.watcher.memory.histories.bars('TSLA').slice(-2)).toMatchObject([
      { session: MON, close: 288_000_000 },
      { session: TUE, close: 276_480_000 },
    ]);
    world.yahoo.setBars('TSLA', [
      ...barsUntil(FRI, 300, () => 300),
      { session: MON, close: 288 },
      { session: TUE, close: 276.48 },
    ]);
    await runDay(world, app, { session: WED, prices: steady(276.48), previousClose: 276.48, until: '10:00' });
    expect(await sentTo(app, 'board')).toEqual([]);
  });

  it('in which the fall came at the bell is told as its own, late', async () => {
    const { world, app } = await start(barsUntil(FRI, 300, () => 300));
    await runDay(world, app, { session: MON, prices: steady(299), previousClose: 300, until: '15:20' });
    world.set(at(TUE, '09:20'));
    await runDay(world, app, { session: TUE, prices: steady(267), previousClose: 267, until: '10:30' });
    const cards = await sentTo(app, 'board');
    // The peak is left behind by a tenth at once; that it fell on Monday is known ten minutes later.
    expect(cards).toEqual([[`TSLA 252/10 ${TUE}`], [`TSLA day 10 ${MON} late`]]);
    const posted = await readPosted(app.store.db, 'board', 2);
    const told = posted.flatMap(({ stories }) => stories).find((story) => 'session' in story && story.session === TUE);
    expect(told).toMatchObject({ kind: 'slide' });
    expect(told).not.toHaveProperty('day');
  });
});

describe('a true fall near the ratio of a split', () => {
  it('of a third at the bell is told within minutes', async () => {
    const { world, app } = await start(barsUntil(FRI, 300, () => 300));
    await runDay(world, app, { session: MON, prices: steady(200.1), previousClose: 300, until: '09:37' });
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/30 ${MON}`]]);
  });

  it('of half is told that evening', async () => {
    const { world, app } = await start(barsUntil(FRI, 300, () => 300));
    await runDay(world, app, { session: MON, prices: steady(150), previousClose: 300, until: '16:10' });
    expect(await sentTo(app, 'board')).toEqual([]);
    world.yahoo.setBars(
      'TSLA',
      barsUntil(MON, 301, (session) => (session === MON ? 150 : 300)),
    );
    await runDay(world, app, { session: MON, prices: steady(150), previousClose: 300, until: '16:40' });
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/50 ${MON}`]]);
  });

  it.each([
    ['of a third', 200.1],
    ['of half', 150],
  ])(
    '%s that is nearly made good the next morning is told on its day, and the digest counts it',
    async (_name, low) => {
      const { world, app } = await start(barsUntil(FRI, 300, () => 300));
      world.digests = true;
      await runDay(world, app, { session: MON, prices: steady(low), previousClose: 300, until: '16:04' });
      world.yahoo.setBars(
        'TSLA',
        barsUntil(MON, 301, (session) => (session === MON ? low : 300)),
      );
      await runDay(world, app, { session: MON, prices: steady(low), previousClose: 300 });
      await runDay(world, app, { session: TUE, prices: steady(285), previousClose: low, until: '11:00' });
      const cards = await sentTo(app, 'board');
      expect(cards.flat().filter((line) => line !== 'digest')).toEqual([`TSLA 252/${low === 150 ? 50 : 30} ${MON}`]);
      const posted = await readPosted(app.store.db, 'board', 20);
      const digest = posted.flatMap(({ stories }) => stories).find((story) => story.kind === 'digest');
      expect(digest).toMatchObject({
        quiet: false,
        headline: { symbol: 'TSLA', previous: 300_000_000 },
        breadth: { fell: 1 },
      });
    },
  );

  it('without any previous close is told after three quotes, if no split has its ratio', async () => {
    const { world, app } = await start(barsUntil(FRI, 300, () => 300));
    await runDay(world, app, { session: MON, prices: steady(216), previousClose: null, until: '09:42' });
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/20 ${MON}`]]);
  });

  it('without any previous close, and of the ratio of a split, is told once it has lasted for a day', async () => {
    const { world, app } = await start(barsUntil(FRI, 300, () => 300));
    const rows = (last: string) => barsUntil(last, 301, (session) => (session < MON ? 300 : 200.1));
    for (const session of [MON, TUE]) {
      await runDay(world, app, { session, prices: steady(200.1), previousClose: null, until: '09:31' });
      expect(await sentTo(app, 'board')).toEqual([]);
      await runDay(world, app, { session, prices: steady(200.1), previousClose: null, until: '16:04' });
      world.yahoo.setBars('TSLA', rows(session));
      await runDay(world, app, { session, prices: steady(200.1), previousClose: null });
    }
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/30 ${TUE}`], [`TSLA day 15 ${MON} late`]]);
  });

  it('that was a split raises nothing', async () => {
    const { world, app } = await start(barsUntil(FRI, 300, () => 300));
    await runDay(world, app, { session: MON, prices: steady(200.1), previousClose: 200 });
    expect(await sentTo(app, 'board')).toEqual([]);
  });
});

describe('a first history', () => {
  it('with a step that looks like a split is watched for the fall of the day alone, until the next answer', async () => {
    const steps = (last: string, healed: boolean): DoubleBar[] =>
      barsUntil(last, 300, (session) => (session < '2024-06-10' && !healed ? 3000 : 300));
    const { world, app } = await start(steps(FRI, false), at('2025-06-01', '20:00'));
    await runDay(world, app, { session: MON, prices: steady(300), previousClose: 300, until: '16:05' });
    expect(await sentTo(app, 'board')).toEqual([]);
    expect(app.watcher.memory.memories.get('TSLA')?.doubt?.reason).toBe('first history');
    world.yahoo.setBars(
      'TSLA',
      barsUntil(MON, 301, (session) => (session < '2024-06-10' ? 3000 : 300)),
    );
    world.yahoo.addSplit('TSLA', { session: '2024-06-10', numerator: 10, denominator: 1 });
    await runDay(world, app, { session: MON, prices: steady(300), previousClose: 300 });
    await runDay(world, app, {
      session: TUE,
      prices: [
        ['09:30', 300],
        ['11:00', 210],
      ],
      previousClose: 300,
      until: '12:00',
    });
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/30 ${TUE}`]]);
  });

  it('with one wild close leaves it out of the peak', async () => {
    const { world, app } = await start(barsUntil(FRI, 300, (session) => (session === '2025-03-18' ? 690 : 300)));
    await runDay(world, app, {
      session: MON,
      prices: [
        ['09:30', 300],
        ['10:00', 264],
      ],
      previousClose: 300,
      until: '11:00',
    });
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/10 ${MON}`]]);
    expect(app.watcher.memory.histories.bars('TSLA').some(({ close }) => close === 690_000_000)).toBe(false);
    expect(app.watcher.memory.waiting.get('TSLA')).toMatchObject([
      { session: '2025-03-18', because: 'one wild close left out' },
    ]);
  });
});

describe('a trade time', () => {
  it.each([
    ['an hour ahead', (now: number) => now + 3_600_000],
    ['ten hours ahead', (now: number) => now + 36_000_000],
    ['a day ahead', (now: number) => now + 86_400_000],
    ['thirty days ahead', (now: number) => now + 30 * 86_400_000],
    ['in milliseconds', (now: number) => now * 1000],
    ['beyond all calendars', () => 9e18],
  ])('%s mutes nothing: the fall after it is told within minutes', async (_name, wrong) => {
    const { world, app } = await start(barsUntil(FRI, 300, () => 300));
    await runDay(world, app, { session: MON, prices: steady(300), until: '10:00' });
    world.market.trade(at(MON, '10:01'), ['TSLA']);
    world.yahoo.setQuote('TSLA', { price: 234, time: wrong(at(MON, '10:01')) });
    await world.runJobs(app, at(MON, '10:01'));
    await runDay(world, app, { session: MON, prices: steady(234), until: '10:20' });
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/20 ${MON}`]]);
  });

  it('beyond all calendars of one symbol costs no other symbol its fall, and is named', async () => {
    const { world, app } = await start(barsUntil(FRI, 300, () => 300));
    const health = async () => (await (await fetch(new URL('/health', app.boardUrl))).json()) as { problem?: string };
    await runDay(world, app, { session: MON, prices: steady(300), until: '10:00' });
    for (let now = at(MON, '10:01'); now <= at(MON, '10:20'); now += MINUTE_MS) {
      world.market.trade(now, ['NVDA', 'TSLA']);
      world.yahoo.setQuote('NVDA', { price: 100, time: 9e18 });
      world.yahoo.setQuote('TSLA', { price: 264, time: now - 1_000 });
      await world.runJobs(app, now);
      if (now === at(MON, '10:06')) expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/10 ${MON}`]]);
    }
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/10 ${MON}`]]);
    expect((await health()).problem).toMatch(
      /^NVDA: no usable price since 10:00 New York \((no trade time|time ahead)\)\.$/,
    );
  });

  it('ahead in three polls tells nothing and is counted', async () => {
    const { world, app } = await start(barsUntil(FRI, 300, () => 300));
    await runDay(world, app, { session: MON, prices: steady(300), until: '10:00' });
    for (let now = at(MON, '10:01'); now <= at(MON, '10:05'); now += MINUTE_MS) {
      world.market.trade(now, ['TSLA']);
      world.yahoo.setQuote('TSLA', { price: 264, time: now + 30 * 86_400_000 });
      await world.runJobs(app, now);
    }
    expect(await sentTo(app, 'board')).toEqual([]);
    expect(app.watcher.health().refused.get('TSLA')).toBe('time ahead');
  });

  it('that an earlier version has stored does not mute the stock', async () => {
    const world = await stage(at(FRI, '17:00'));
    world.market.past(FRI, 300);
    const database = await newDatabase();
    const before = await world.start(undefined, '', { databaseUrl: database });
    await world.run(before, at(FRI, '17:01'));
    world.set(at(MON, '09:20'));
    await world.run(before, at(MON, '10:00'));
    const stored = before.watcher.memory.quotes.get('TSLA');
    if (stored) await writeLastQuote(before.store.db, { ...stored, tradeTime: at(MON, '10:00') + 30 * 86_400_000 });
    await before.stop();
    const after = await world.start(undefined, '', { databaseUrl: database });
    world.market.move('TSLA', 0.78);
    await world.run(after, at(MON, '10:08'));
    expect(await sentTo(after, 'board')).toEqual([[`TSLA 252/20 ${MON} late`]]);
  });

  it('in one row of a chart costs only that row', async () => {
    const rows = barsUntil(FRI, 300, () => 300);
    const { world, app } = await start(rows);
    world.yahoo.setBars('NVDA', [...barsUntil(FRI, 300, () => 100), { session: MON, close: 100, time: 1e19 }]);
    world.yahoo.setBars('TSLA', [...rows, { session: MON, close: 264 }]);
    await runDay(world, app, {
      session: MON,
      prices: [
        ['09:30', 300],
        ['12:00', 264],
      ],
    });
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/10 ${MON}`]]);
  });
});

describe('a stored close', () => {
  it('of four sessions ago that comes back changed is not taken, while quotes are steady', async () => {
    const rows = (last: string, factor: number) =>
      barsUntil(last, 300, (session) => (session === '2025-05-27' ? 300 * factor : 300));
    const { world, app } = await start(rows(FRI, 1));
    await runDay(world, app, { session: MON, prices: steady(300), until: '16:05' });
    world.yahoo.setBars('TSLA', rows(MON, 2.3));
    await runDay(world, app, { session: MON, prices: steady(300) });
    await runDay(world, app, { session: TUE, prices: steady(300) });
    expect(await sentTo(app, 'board')).toEqual([]);
    expect(app.watcher.memory.histories.bars('TSLA').some(({ close }) => close === 690_000_000)).toBe(false);
    expect(app.watcher.memory.waiting.get('TSLA')).toMatchObject([
      { session: '2025-05-27', because: 'correction waits' },
    ]);
  });

  it('that was the row before again is corrected in the evening, and its crossing is told as of its session', async () => {
    const { world, app } = await start(
      barsUntil(MON, 300, () => 300),
      at(MON, '17:00'),
    );
    await runDay(world, app, {
      session: TUE,
      prices: [
        ['09:30', 273],
        ['16:00', 267],
      ],
      previousClose: 300,
      until: '16:05',
    });
    world.yahoo.setBars(
      'TSLA',
      barsUntil(TUE, 301, () => 300),
    );
    await runDay(world, app, { session: TUE, prices: steady(267), previousClose: 300, until: '16:40' });
    world.yahoo.setBars(
      'TSLA',
      barsUntil(TUE, 301, (session) => (session === TUE ? 267 : 300)),
    );
    await runDay(world, app, { session: TUE, prices: steady(267), previousClose: 300 });
    await runDay(world, app, { session: WED, prices: steady(288), previousClose: 267 });
    expect(await sentTo(app, 'board')).toEqual([[`TSLA day 7 ${TUE}`], [`TSLA 252/10 ${TUE}`]]);
  });
});

describe('a close that is corrected at 16:40', () => {
  /** Tuesday stands at 91% all day; its row says what it closed at from 16:00 and from 16:40 on. */
  const tuesday = async (first: number, corrected: number): Promise<App> => {
    const { world, app } = await start(
      barsUntil(MON, 300, () => 300),
      at(MON, '17:00'),
    );
    const rows = (close: number) => barsUntil(TUE, 301, (session) => (session === TUE ? close : 300));
    const day = { session: TUE, prices: steady(273), previousClose: 300 };
    await runDay(world, app, { ...day, until: '15:59' });
    // The auction's trade is not shown.
    world.yahoo.setBars('TSLA', rows(first));
    const last = world.clock();
    for (let now = last + MINUTE_MS; now <= at(TUE, '16:40'); now += MINUTE_MS) {
      world.market.trade(now, ['TSLA']);
      await world.runJobs(app, now);
    }
    world.yahoo.setBars('TSLA', rows(corrected));
    for (let now = at(TUE, '16:41'); now <= at(TUE, '19:00'); now += MINUTE_MS) await world.runJobs(app, now);
    await runDay(world, app, { session: WED, prices: steady(288), previousClose: corrected });
    return app;
  };

  it('is told with the levels that it crosses, of its own session', async () => {
    const app = await tuesday(300, 267);
    expect(await sentTo(app, 'board')).toEqual([[`TSLA day 7 ${TUE}`], [`TSLA 252/10 ${TUE} late`]]);
  });

  it('upwards tells nothing, and arms again what had fired', async () => {
    const app = await tuesday(267, 299);
    expect(await sentTo(app, 'board')).toEqual([[`TSLA day 7 ${TUE}`]]);
    expect(app.watcher.memory.states.get('TSLA')?.drawdown).toEqual({ 20: { disarmed: 0 }, 252: { disarmed: 0 } });
    expect(closeOf(app, TUE)).toBe(299_000_000);
  });
});

describe('a history with a gap', () => {
  it('counts the sessions of the calendar, not the rows, and asks for the gap again', async () => {
    const rows = barsUntil(FRI, 300, (session) => (session === '2025-05-05' ? 312 : 300)).filter(
      ({ session }) => session < '2025-05-12' || session > '2025-05-16',
    );
    const { world, app } = await start(rows);
    await runDay(world, app, {
      session: MON,
      prices: [
        ['09:30', 300],
        ['10:00', 279],
      ],
      previousClose: 300,
      until: '10:10',
    });
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/10 ${MON}`]]);
    const [alert] = await alertsOf(app.store.db, MON);
    expect(alert).toMatchObject({ peakSession: '2025-05-05', sessions: 19 });
    const asked = world.yahoo.requests.filter(({ path }) => path.endsWith('/chart/TSLA')).at(-1);
    expect(Number(asked?.query.get('period1')) * 1000).toBeLessThanOrEqual(at('2025-05-12', '00:00'));
  });
});

describe('a fall that was none', () => {
  /** A spin-off of a tenth of the price, whose previous close the source divides a day late. */
  const spunOff = async () => {
    const { world, app } = await start(barsUntil(FRI, 300, () => 300));
    await runDay(world, app, {
      session: MON,
      prices: [
        ['09:31', 267],
        ['12:00', 268],
      ],
      previousClose: 300,
      until: '16:01',
    });
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/10 ${MON}`]]);
    return { world, app };
  };
  const restated = barsUntil(TUE, 300, (session) => (session < MON ? 270 : 268));

  it('is withdrawn, once, when the source has restated the closes before it', async () => {
    const { world, app } = await spunOff();
    world.yahoo.setBars('TSLA', [...barsUntil(FRI, 299, () => 300), { session: MON, close: 268 }]);
    await runDay(world, app, { session: MON, prices: steady(268), previousClose: 300 });
    world.yahoo.setBars('TSLA', restated.slice(0, -1));
    await runDay(world, app, { session: TUE, prices: steady(268), previousClose: 268 });
    // Only the weekly comparison takes a series of which the newest rows have stayed the same.
    for (const day of ['2025-06-07', '2025-06-08']) {
      world.set(at(day, '10:00'));
      await world.run(app, at(day, '10:30'));
    }
    expect(closeOf(app, FRI)).toBe(270_000_000);
    const posted = await readPosted(app.store.db, 'board', 20);
    expect(posted.flatMap(({ stories }) => stories).filter(({ kind }) => kind === 'withdrawal')).toMatchObject([
      { symbol: 'TSLA', session: MON, cause: 'unit', alerts: [{ kind: 'drawdown' }, { kind: 'day' }] },
    ]);
    expect(await alertsOf(app.store.db, MON)).toEqual([]);
  });
});
