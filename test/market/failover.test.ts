import { describe, expect, it } from 'vitest';
import { createFailover } from '../../src/market/failover.ts';
import type { RawQuote } from '../../src/market/quote.ts';
import {
  type AnyTicker,
  type Listed,
  type Offer,
  type Source,
  SourceError,
  type SourceFault,
  type Speakers,
} from '../../src/market/source.ts';
import { closeSource } from '../../src/market/speakers.ts';
import { silent } from '../../src/telemetry/log.ts';

const NOW = Date.parse('2025-06-02T16:00:00Z');
const AAPL: Listed = { symbol: 'AAPL', ticker: 'AAPL', kind: 'stock', tickers: { one: 'AAPL' } };
const BRK: Listed = { symbol: 'BRK-B', ticker: 'BRK-B', kind: 'stock', tickers: { one: 'BRK-B', two: 'BRK.B' } };
const IXIC: Listed = { symbol: 'IXIC', ticker: '^IXIC', kind: 'index', tickers: { one: '^IXIC' } };
const ALL = [AAPL, BRK, IXIC];

const STOCK_QUOTES: Offer = {
  quotes: ['stock'],
  histories: [],
  previousCloses: true,
  quoteEveryMs: 55_000,
  historyEveryMs: Number.POSITIVE_INFINITY,
};
const STOCKS: Offer = { ...STOCK_QUOTES, histories: ['stock'], quoteEveryMs: 90_000, historyEveryMs: 3_600_000 };

/** A source that gives every symbol a price, until it is taken down. */
const source = (name: string, offer?: Offer) => {
  const asked: string[][] = [];
  let fault: SourceFault | undefined;
  let missing: readonly string[] = [];
  const it: Source = {
    name,
    ...(offer && { offer }),
    quotes: async (symbols, now) => {
      asked.push(symbols.map(({ ticker }) => ticker));
      if (fault) throw new SourceError(name, fault, `${name} is down`);
      const quote = ({ symbol }: Listed): RawQuote => ({
        ...{
          symbol,
          price: 1,
          tradeTime: now,
          marketState: 'regular',
          delayMinutes: 0,
          source: name,
          previousClose: null,
        },
      });
      return {
        quotes: symbols.filter(({ symbol }) => !missing.includes(symbol)).map(quote),
        refused: missing.map((symbol) => ({ symbol, reason: 'not in the response' })),
      };
    },
    history: async (listed, from) => {
      asked.push([listed.ticker, from]);
      if (fault) throw new SourceError(name, fault, `${name} is down`);
      return { bars: [], splits: [] };
    },
  };
  return {
    it,
    asked,
    down: (how?: SourceFault) => {
      fault = how;
    },
    without: (...symbols: string[]) => {
      missing = symbols;
    },
  };
};

const pair = () => {
  const [one, two] = [source('One'), source('Two', STOCK_QUOTES)];
  return { one, two, both: createFailover(one.it, [two.it], silent) };
};

const sources = ({ quotes }: { quotes: readonly RawQuote[] }) => quotes.map((it) => `${it.symbol} ${it.source}`);

describe('two sources', () => {
  it('use the first while it answers', async () => {
    const { two, both } = pair();
    expect(both.name).toBe('One');
    expect(sources(await both.quotes(ALL, NOW))).toEqual(['AAPL One', 'BRK-B One', 'IXIC One']);
    expect(two.asked).toEqual([]);
  });

  it.each(['unreachable', 'throttled', 'unreadable', 'refused'] as const)(
    'use the second for stocks while the first is %s, and an index waits',
    async (fault) => {
      const { one, two, both } = pair();
      one.down(fault);
      const answer = await both.quotes(ALL, NOW);
      expect(sources(answer)).toEqual(['AAPL Two', 'BRK-B Two']);
      expect(answer.refused).toEqual([{ symbol: 'IXIC', reason: 'no backup has it' }]);
      expect(both.speakers?.().quotes).toEqual({
        bySymbol: new Map([
          ['AAPL', 'Two'],
          ['BRK-B', 'Two'],
        ]),
        failing: [{ source: 'One', fault, because: 'One is down', since: NOW }],
      });
      expect(two.asked).toEqual([['AAPL', 'BRK.B']]);
    },
  );

  it('ask the second for a symbol once in 55 seconds, and repeat its last answer in between', async () => {
    const { one, two, both } = pair();
    one.down('unreachable');
    for (let s = 0; s < 60; s += 5) {
      const { quotes } = await both.quotes(ALL, NOW + s * 1_000);
      expect(quotes.map(({ tradeTime }) => tradeTime)).toEqual(Array(2).fill(s < 55 ? NOW : NOW + 55_000));
    }
    expect(two.asked).toHaveLength(2);
  });

  it('ask the second again at once if the clock was set back', async () => {
    const { one, two, both } = pair();
    one.down('unreachable');
    await both.quotes(ALL, NOW);
    const { quotes } = await both.quotes(ALL, NOW - 60_000);
    expect(quotes.map(({ tradeTime }) => tradeTime)).toEqual(Array(2).fill(NOW - 60_000));
    expect(two.asked).toHaveLength(2);
  });

  it('ask the second for the symbol with the oldest answer first', async () => {
    const { one, two, both } = pair();
    one.down('unreachable');
    await both.quotes([BRK], NOW);
    await both.quotes([BRK, AAPL], NOW + 56_000);
    expect(two.asked.at(-1)).toEqual(['AAPL', 'BRK.B']);
  });

  it('use the first again as soon as it answers', async () => {
    const { one, both } = pair();
    one.down('throttled');
    await both.quotes(ALL, NOW);
    one.down();
    const answer = await both.quotes(ALL, NOW + 1_000);
    expect(sources(answer)).toEqual(['AAPL One', 'BRK-B One', 'IXIC One']);
    expect(both.speakers?.().quotes.failing).toEqual([]);
  });

  it('fail with the error of the first if the second is down, too, or has none of the symbols', async () => {
    const { one, two, both } = pair();
    one.down('unreachable');
    two.down('throttled');
    await expect(both.quotes(ALL, NOW)).rejects.toThrow('One is down');
    two.down();
    two.without('AAPL', 'BRK-B');
    await expect(both.quotes(ALL, NOW + 60_000)).rejects.toThrow('One is down');
    await expect(both.quotes([IXIC], NOW + 120_000)).rejects.toThrow('One is down');
  });
});

describe('a confirmation', () => {
  it('is requested for stocks only', async () => {
    const { two, both } = pair();
    expect(sources((await both.confirm?.(ALL, NOW)) ?? { quotes: [] })).toEqual(['AAPL Two', 'BRK-B Two']);
    expect(two.asked).toEqual([['AAPL', 'BRK.B']]);
  });

  it('is empty if the second source is down, or is standing in', async () => {
    const { one, two, both } = pair();
    two.down('unreachable');
    expect((await both.confirm?.([AAPL], NOW))?.quotes).toEqual([]);
    two.down();
    one.down('unreachable');
    await both.quotes(ALL, NOW);
    expect((await both.confirm?.([AAPL], NOW))?.quotes).toEqual([]);
  });
});

describe('three sources', () => {
  const three = () => {
    const [one, two, three] = [source('One'), source('Two', STOCK_QUOTES), source('Three', STOCKS)];
    return { one, two, three, all: createFailover(one.it, [two.it, three.it], silent) };
  };
  const failing = (all: Source) => {
    const { quotes, histories } = all.speakers?.() ?? {};
    const names = (speakers: Speakers | undefined) => speakers?.failing.map((it) => it.source);
    return [names(quotes), names(histories)];
  };

  it('give each quote of the first that has it', async () => {
    const { one, two, all } = three();
    one.down('unreachable');
    two.without('BRK-B');
    const answer = await all.quotes(ALL, NOW);
    expect(sources(answer)).toEqual(['AAPL Two', 'BRK-B Three']);
    expect(answer.refused).toEqual([{ symbol: 'IXIC', reason: 'no backup has it' }]);
  });

  it('give quotes of the third while two are down', async () => {
    const { one, two, all } = three();
    one.down('refused');
    two.down('throttled');
    expect(sources(await all.quotes(ALL, NOW))).toEqual(['AAPL Three', 'BRK-B Three']);
    expect(failing(all)).toEqual([['One', 'Two'], []]);
  });

  it('give a history of the first that offers histories, and say whose it is', async () => {
    const { one, two, three: last, all } = three();
    expect(await all.history(BRK, '2025-05-01', NOW)).toEqual({ bars: [], splits: [] });
    one.down('throttled');
    expect(await all.history(BRK, '2025-05-01', NOW)).toEqual({ bars: [], splits: [], standIn: 'Three' });
    expect([two.asked, last.asked]).toEqual([[], [['BRK-B', '2025-05-01']]]);
    expect(all.speakers?.().histories.bySymbol).toEqual(new Map([['BRK-B', 'Three']]));
    expect([closeSource(all, 'BRK-B'), closeSource(all, 'AAPL'), closeSource(one.it, 'AAPL')]).toEqual([
      'Three',
      'One',
      'One',
    ]);
    expect(failing(all)).toEqual([[], ['One']]);
  });

  it('ask a backup for the same history once in its interval', async () => {
    const { one, three: last, all } = three();
    one.down('throttled');
    for (const minutes of [0, 2, 30, 61]) await all.history(AAPL, '2025-05-01', NOW + minutes * 60_000);
    expect(last.asked).toHaveLength(2);
    await all.history(AAPL, '1970-01-01', NOW + 62 * 60_000);
    expect(last.asked).toHaveLength(3);
  });

  it('fail with the error of the first where no backup offers the history, or the symbol is unknown', async () => {
    const { one, three: last, all } = three();
    one.down('unreachable');
    await expect(all.history(IXIC, '2025-05-01', NOW)).rejects.toThrow('One is down');
    last.down('unknown-symbol');
    await expect(all.history(AAPL, '2025-05-01', NOW)).rejects.toThrow('One is down');
    one.down('unknown-symbol');
    await expect(all.history(AAPL, '2025-05-01', NOW)).rejects.toMatchObject({ fault: 'unknown-symbol' });
    expect(last.asked).toEqual([['AAPL', '2025-05-01']]);
  });

  it('confirm a jump by one that did not give the price', async () => {
    const { one, two, all } = three();
    expect(sources((await all.confirm?.(ALL, NOW)) ?? { quotes: [] })).toEqual(['AAPL Two', 'BRK-B Two']);
    one.down('unreachable');
    await all.quotes(ALL, NOW);
    expect(sources((await all.confirm?.(ALL, NOW)) ?? { quotes: [] })).toEqual(['AAPL Three', 'BRK-B Three']);
    two.down('unreachable');
    one.down();
    await all.quotes(ALL, NOW);
    expect(sources((await all.confirm?.([AAPL], NOW)) ?? { quotes: [] })).toEqual(['AAPL Three']);
  });
});

it('a ticker that nobody watches is asked for at the first alone, and leaves nothing behind', async () => {
  const { one, two } = pair();
  const looked: string[] = [];
  const anyTicker: AnyTicker = {
    look: async (ticker) => {
      looked.push(ticker);
      throw new SourceError('One', 'unreachable', 'One is down');
    },
    history: async () => ({ bars: [], splits: [] }),
  };
  const both = createFailover({ ...one.it, anyTicker }, [two.it], silent);
  await both.quotes(ALL, NOW);
  const before = both.speakers?.();
  await expect(both.anyTicker?.look('PLTR', NOW)).rejects.toMatchObject({ fault: 'unreachable' });
  await both.anyTicker?.history('PLTR', NOW);
  expect(looked).toEqual(['PLTR']);
  expect(two.asked).toEqual([]);
  expect(both.speakers?.()).toEqual(before);
  expect(pair().both.anyTicker).toBeUndefined();
});
