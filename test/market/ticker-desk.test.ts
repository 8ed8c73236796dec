import { describe, expect, test } from 'vitest';
import type { Bar, Split } from '../../src/market/bar.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { toMicros } from '../../src/market/money.ts';
import type { RawQuote } from '../../src/market/quote.ts';
import { type AnyTickerAnswer, type FoundTicker, SourceError } from '../../src/market/source.ts';
import { createTickerDesk, type MayAsk } from '../../src/market/ticker-desk.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { barOf, closesUntil } from './closes-until.ts';

const calendar = loadCalendar();
const POLL_MS = MINUTE_MS;

/** A Tuesday at 11:00 in New York, in winter time. */
const NOW = Date.parse('2025-11-25T16:00:00Z');
const at = (time: string): number => Date.parse(`2025-11-25T${time}Z`);

const AMD: FoundTicker = {
  ticker: 'AMD',
  name: 'Advanced Micro Devices',
  kind: 'stock',
  currency: 'USD',
  timeZone: 'America/New_York',
};

/** Closes of the sessions before 25 November 2025. */
const closing = (...closes: readonly number[]): Bar[] => closesUntil('2025-11-24', closes);

interface World {
  found: FoundTicker | undefined;
  price: number;
  tradedAt: number;
  previousClose: number | null;
  bars: readonly Bar[];
  splits: readonly Split[];
  lookFails?: SourceError;
  historyFails?: SourceError;
}

/** A desk at a source of one ticker, which counts what it is asked for. */
const scene = (given: Partial<World> = {}) => {
  const world: World = {
    ...{ found: AMD, price: 90, tradedAt: NOW - 1_000, previousClose: 100, bars: closing(100, 110, 100), splits: [] },
    ...given,
  };
  const asked: string[] = [];
  const gates: (() => void)[] = [];
  let isHeld = false;
  const gate = (): Promise<void> => (isHeld ? new Promise((open) => gates.push(open)) : Promise.resolve());
  const quote = (): RawQuote => ({
    symbol: world.found?.ticker ?? '',
    price: toMicros(world.price),
    tradeTime: world.tradedAt,
    marketState: 'regular',
    delayMinutes: 0,
    source: 'Yahoo',
    previousClose: world.previousClose === null ? null : toMicros(world.previousClose),
  });
  const desk = createTickerDesk({
    calendar,
    pollMs: POLL_MS,
    anyTicker: {
      look: async (ticker): Promise<AnyTickerAnswer | undefined> => {
        asked.push(`look ${ticker}`);
        await gate();
        if (world.lookFails) throw world.lookFails;
        const { found } = world;
        return found && (found.ticker === ticker || found.ticker === '*')
          ? { found: { ...found, ticker }, quote: { ...quote(), symbol: ticker } }
          : undefined;
      },
      history: async (ticker) => {
        asked.push(`history ${ticker}`);
        await gate();
        if (world.historyFails) throw world.historyFails;
        return { bars: world.bars, splits: world.splits };
      },
    },
  });
  const free: MayAsk = () => 0;
  return {
    world,
    asked,
    hold: () => {
      isHeld = true;
    },
    release: () => {
      isHeld = false;
      for (const open of gates.splice(0)) open();
    },
    look: (typed = 'AMD', now = NOW, mayAsk = free) => desk.look(typed, now, mayAsk),
    requests: () => asked.splice(0),
  };
};

const dead = new SourceError('Yahoo', 'unreachable', 'Yahoo cannot be reached');

test('a ticker that the source knows has its name, its closes and its quote', async () => {
  const { look, requests } = scene();
  expect(await look('amd')).toMatchObject({
    kind: 'found',
    watched: { symbol: 'AMD', kind: 'stock', name: { en: 'Advanced Micro Devices' }, custom: true },
    bars: [{ close: toMicros(100) }, { close: toMicros(110) }, { close: toMicros(100) }],
    quote: { price: toMicros(90), session: '2025-11-25', seenAt: NOW },
  });
  expect(requests()).toEqual(['look AMD', 'history AMD']);
});

describe('what is kept', () => {
  test('answers for one poll without a request, then its quote is asked for again, and its history only after the next close', async () => {
    const { look, requests, world } = scene();
    await look();
    requests();
    await look('AMD', NOW + POLL_MS - 1);
    expect(requests()).toEqual([]);
    world.price = 91;
    world.tradedAt = NOW + POLL_MS;
    expect(await look('AMD', NOW + POLL_MS)).toMatchObject({ quote: { price: toMicros(91) } });
    expect(requests()).toEqual(['look AMD']);
    await look('AMD', at('21:14:00'));
    expect(requests()).toEqual(['look AMD']);
    world.bars = [...world.bars, barOf('2025-11-25', 91)];
    await look('AMD', at('21:15:00'));
    expect(requests()).toEqual(['look AMD', 'history AMD']);
    await look('AMD', at('21:44:00'));
    expect(requests()).toEqual([]);
    await look('AMD', at('21:45:00'));
    expect(requests()).toEqual(['look AMD']);
  });

  test('a history that lacks the last session is asked for again after ten minutes', async () => {
    const { look, requests } = scene();
    const evening = at('21:35:00');
    await look('AMD', evening);
    requests();
    await look('AMD', evening + 9 * MINUTE_MS);
    expect(requests()).toEqual([]);
    await look('AMD', evening + 10 * MINUTE_MS);
    expect(requests()).toEqual(['history AMD']);
  });

  test('an unknown ticker stays unknown for ten minutes', async () => {
    const { look, requests } = scene({ found: undefined });
    expect(await look('NVDIA')).toEqual({ kind: 'unknown' });
    expect(await look('nvdia', NOW + 10 * MINUTE_MS - 1)).toEqual({ kind: 'unknown' });
    expect(requests()).toEqual(['look NVDIA']);
    await look('NVDIA', NOW + 10 * MINUTE_MS);
    expect(requests()).toEqual(['look NVDIA']);
  });

  test('the histories of 32 tickers are kept, and the one used longest ago is dropped first', async () => {
    const { look, requests } = scene({ found: { ...AMD, ticker: '*' } });
    for (let at = 0; at < 32; at += 1) await look(`T${at}`);
    await look('T0');
    await look('T32');
    requests();
    await look('T0');
    await look('T2');
    expect(requests()).toEqual([]);
    await look('T1');
    expect(requests()).toEqual(['history T1']);
  });

  test('a clock that was set back keeps nothing for longer', async () => {
    const { look, requests } = scene();
    await look('AMD', NOW + 60 * MINUTE_MS);
    requests();
    await look('AMD', NOW);
    expect(requests()).toEqual(['look AMD']);
  });
});

test('questions at the same time share one request, and the first one counts', async () => {
  const { look, asked, hold, release } = scene();
  let counted = 0;
  const count = () => {
    counted += 1;
    return 0;
  };
  hold();
  const answers = Promise.all([look('AMD', NOW, count), look('amd', NOW, count), look('AMD', NOW, count)]);
  expect(asked).toEqual(['look AMD']);
  release();
  expect((await answers).map(({ kind }) => kind)).toEqual(['found', 'found', 'found']);
  expect(asked).toEqual(['look AMD', 'history AMD']);
  expect(counted).toBe(1);
});

test('a share class is found with a dash, and only a question that needs a request counts', async () => {
  const { look, requests } = scene({ found: { ...AMD, ticker: 'BRK-B' } });
  const counts: number[] = [];
  const count = () => {
    counts.push(1);
    return 0;
  };
  expect(await look('brk.b', NOW, count)).toMatchObject({ kind: 'found', watched: { symbol: 'BRK-B' } });
  expect(requests()).toEqual(['look BRK.B', 'look BRK-B', 'history BRK-B']);
  expect(counts).toHaveLength(1);
  await look('BRK-B', NOW, count);
  expect(counts).toHaveLength(1);
});

describe('over the limit', () => {
  test('nothing is asked for, and the wait is said', async () => {
    const { look, requests } = scene();
    expect(await look('AMD', NOW, () => 30_000)).toEqual({ kind: 'limited', waitMs: 30_000 });
    expect(requests()).toEqual([]);
  });

  test('what is kept is told, with the time of its trade', async () => {
    const { look, requests } = scene();
    await look();
    requests();
    const later = await look('AMD', NOW + 5 * MINUTE_MS, () => 30_000);
    expect(later).toMatchObject({ kind: 'found', quote: { price: toMicros(90), tradeTime: NOW - 1_000 } });
    expect(later).not.toHaveProperty('problem');
    expect(requests()).toEqual([]);
  });
});

describe('a source', () => {
  test('that cannot look tickers up says so', async () => {
    const desk = createTickerDesk({ calendar, pollMs: POLL_MS, anyTicker: undefined });
    expect(await desk.look('AMD', NOW, () => 0)).toEqual({ kind: 'no-lookup' });
  });

  test('that does not answer is no answer; what was kept before is told with the reason', async () => {
    const { look, world } = scene({ lookFails: dead });
    expect(await look()).toEqual({ kind: 'no-answer' });
    delete world.lookFails;
    await look();
    world.lookFails = dead;
    expect(await look('AMD', NOW + 5 * MINUTE_MS)).toMatchObject({
      kind: 'found',
      quote: { price: toMicros(90) },
      problem: 'Yahoo cannot be reached',
    });
  });

  test('whose histories fail is no answer, and is asked again the next time', async () => {
    const { look, world, requests } = scene({ historyFails: dead });
    expect(await look()).toEqual({ kind: 'no-answer' });
    delete world.historyFails;
    requests();
    expect(await look()).toMatchObject({ kind: 'found' });
    expect(requests()).toEqual(['history AMD']);
  });

  test('that knows a quote and no chart of a ticker does not know it', async () => {
    const { look } = scene({ historyFails: new SourceError('Yahoo', 'unknown-symbol', 'no symbol') });
    expect(await look()).toEqual({ kind: 'unknown' });
  });

  test.each([[[]], [[100]]])('with the closes %j has no history yet', async (closes) => {
    const { look } = scene({ bars: closing(...closes) });
    expect(await look()).toEqual({ kind: 'no-history', name: 'Advanced Micro Devices' });
  });

  test.each([
    ['a coin', { kind: 'other', timeZone: 'UTC' }, { kind: 'no-stock' }],
    ['a stock in yen', { currency: 'JPY', timeZone: 'Asia/Tokyo' }, { kind: 'elsewhere', currency: 'JPY' }],
    ['a stock in pence', { currency: 'GBp', timeZone: 'Europe/London' }, { kind: 'elsewhere', currency: 'GBp' }],
    ['dollars in London', { timeZone: 'Europe/London' }, { kind: 'elsewhere', currency: 'USD' }],
  ] as const)('gives %s no card, and its history is not asked for', async (_, other, refusal) => {
    const { look, requests } = scene({ found: { ...AMD, ...other } });
    expect(await look()).toMatchObject(refusal);
    expect(requests()).toEqual(['look AMD']);
  });

  test('gives a name of one line and at most 60 characters', async () => {
    const { look } = scene({ found: { ...AMD, name: `Evil\n\u202eCorp ${'x'.repeat(300)}` } });
    const found = await look();
    const name = found.kind === 'found' ? found.watched.name.en : '';
    expect(name).toMatch(/^Evil Corp x+$/);
    expect(name).toHaveLength(60);
  });
});

describe('a price', () => {
  test('of a few hours ago is told, because the card says when it was traded', async () => {
    const { look } = scene({ tradedAt: at('14:40:00') });
    expect(await look()).toMatchObject({ quote: { price: toMicros(90), tradeTime: at('14:40:00') } });
  });

  test('of the last close adds nothing, and leaves nothing open', async () => {
    const { look } = scene({ tradedAt: Date.parse('2025-11-24T20:59:59Z'), price: 100 });
    const found = await look();
    expect(found).toMatchObject({ kind: 'found' });
    expect(found).not.toHaveProperty('quote');
    expect(found).not.toHaveProperty('question');
  });

  test('that has jumped is told once another trade agrees', async () => {
    const { look, world } = scene({ price: 60 });
    const first = await look();
    expect(first).toMatchObject({ kind: 'found', question: 'jump waits' });
    expect(first).not.toHaveProperty('quote');
    world.tradedAt = NOW + 2 * MINUTE_MS;
    const second = await look('AMD', NOW + 2 * MINUTE_MS);
    expect(second).toMatchObject({ quote: { price: toMicros(60) } });
    expect(second).not.toHaveProperty('question');
  });

  test('in another unit than the closes is not told: the history is asked for again, and what is still open is said', async () => {
    const { look, world, requests } = scene();
    await look();
    requests();
    // Split ten for one overnight: quotes count in new shares, the kept closes in old ones.
    const later = NOW + 20 * MINUTE_MS;
    Object.assign(world, { price: 9, previousClose: 10, tradedAt: later - 1_000 });
    const undivided = await look('AMD', later);
    expect(undivided).toMatchObject({ kind: 'found', question: 'unit in doubt' });
    expect(undivided).not.toHaveProperty('quote');
    expect(requests()).toEqual(['look AMD', 'history AMD']);
    await look('AMD', later + POLL_MS);
    expect(requests()).toEqual(['look AMD']);
    world.bars = closing(10, 11, 10);
    const after = later + 20 * MINUTE_MS;
    world.tradedAt = after - 1_000;
    const divided = await look('AMD', after);
    expect(divided).toMatchObject({ quote: { price: toMicros(9) }, bars: world.bars });
    expect(divided).not.toHaveProperty('question');
  });
});

describe('a history', () => {
  test('that steps by the factor of a split begins after the step, and is in doubt', async () => {
    const { look } = scene({ bars: closing(1000, 1010, 1000, 100, 101, 100) });
    expect(await look()).toMatchObject({ question: 'history in doubt', bars: closing(100, 101, 100) });
  });

  test('in two units has no card', async () => {
    const { look } = scene({ bars: closing(100, 101, 10, 10.1, 100, 100) });
    expect(await look()).toMatchObject({ kind: 'no-history' });
  });

  test('with one wild close lacks it, and says so', async () => {
    const { look } = scene({ bars: closing(100, 101, 500, 100) });
    const found = await look();
    expect(found).toMatchObject({ question: 'one wild close left out' });
    expect(found.kind === 'found' ? found.bars.map(({ close }) => close) : []).toEqual([100, 101, 100].map(toMicros));
  });

  test('has no row of the session under way, none of a holiday and none that cannot be', async () => {
    const good = closing(100, 110, 100);
    const broken = { ...barOf('2025-11-19', 100), low: toMicros(150) };
    const { look } = scene({ bars: [broken, barOf('2025-11-16', 100), ...good, barOf('2025-11-25', 90)] });
    expect(await look()).toMatchObject({ kind: 'found', bars: good });
  });
});
