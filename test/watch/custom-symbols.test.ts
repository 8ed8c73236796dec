import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { buildCard } from '../../src/cards/story-cards.ts';
import { createEffectiveRules } from '../../src/channels/effective-rules.ts';
import { loadCompanies } from '../../src/facts/companies.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { loadCatalogue } from '../../src/i18n/catalogue.ts';
import { createYahoo } from '../../src/market/sources/yahoo/index.ts';
import { loadWatchlist, type Watched } from '../../src/market/watchlist.ts';
import { readBars } from '../../src/store/bars.ts';
import { deleteSymbol } from '../../src/store/custom-symbols.ts';
import { silent } from '../../src/telemetry/log.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { createWatcher } from '../../src/watch/watcher.ts';
import { sessionsUntil } from '../market/sessions-until.ts';
import { at } from '../roads/market.ts';
import { calendar, stage } from '../roads/stage.ts';
import { storedStories } from '../store/inspect.ts';
import { openTestStore } from '../store/temporary.ts';

const [FRI, MON] = ['2025-05-30', '2025-06-02'] as const;

const customOf = (symbol: string): Watched => ({
  symbol,
  kind: 'stock',
  name: { en: symbol, ko: symbol },
  aliases: [],
  tickers: { yahoo: symbol },
  custom: true,
});

/** A quiet Monday from 09:25, a watcher on Yahoo's double, and a watchlist that the test may change. */
const watching = async () => {
  const world = await stage(at(MON, '09:25'));
  world.market.past(FRI, 300);
  const { yahoo, market } = world;
  const file = loadWatchlist();
  const symbols = new Map(file.symbols);
  const store = await openTestStore();
  const source = createYahoo({ url: yahoo.url, log: silent, wait: async () => {}, random: () => 0 });
  const watchlist = { ...file, symbols };
  const timeZone = 'America/New_York';
  const rules = createEffectiveRules({ watchlist, timeZone });
  const logged: Record<string, unknown>[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const parts = {
    ...{ watchlist, rules, timeZone, calendar, source, store, log, pollMs: MINUTE_MS },
    ...{ ledger: () => createLedger([]), companies: loadCompanies(), pollOutsideSessions: false },
  };
  const watcher = await createWatcher(parts, world.clock());
  let now = world.clock();
  const prices = new Map<string, number>();
  /** Polls every minute; every ticker trades. */
  const until = async (time: string): Promise<void> => {
    while (now < at(MON, time)) {
      now += MINUTE_MS;
      if (calendar.isOpen(now)) market.trade(now);
      if (calendar.isOpen(now))
        for (const [ticker, price] of prices) yahoo.setQuote(ticker, { price, time: now - 1_000 });
      await watcher.poll(now);
    }
  };
  /** A ticker that Yahoo knows: a hundred sessions at 100. */
  const list = (ticker: string): void => {
    yahoo.setBars(
      ticker,
      sessionsUntil(calendar, FRI, 100).map((session) => ({ session, close: 100 })),
    );
    prices.set(ticker, 100);
  };
  const allStories = () => storedStories(store.db);
  const asked = (symbol: string) =>
    yahoo.requests.filter(({ endpoint, query }) => endpoint === 'quote' && query.get('symbols')?.includes(symbol))
      .length;
  return { yahoo, watcher, symbols, prices, store, until, list, allStories, asked, logged };
};

describe('a symbol that a channel adds while the bot runs', () => {
  it('gets its history at the next poll, raises nothing for a slide under way, and then alerts', async () => {
    const { watcher, symbols, prices, until, list, allStories } = await watching();
    await until('10:00');
    list('AMD');
    prices.set('AMD', 88);
    symbols.set('AMD', customOf('AMD'));
    await until('10:10');
    expect(watcher.memory.histories.bars('AMD')).toHaveLength(100);
    expect(await allStories()).toEqual([]);
    prices.set('AMD', 79);
    await until('10:20');
    const [story, ...others] = await allStories();
    expect(others).toEqual([]);
    expect(story).toMatchObject({ kind: 'slide', symbol: 'AMD', unit: 'usd', price: 79_000_000, source: 'Yahoo' });
    expect(story).not.toHaveProperty('valueLost');
    expect(story?.kind === 'slide' && story.market.map(({ symbol }) => symbol)).not.toContain('AMD');
  });

  it('has a card without figures, in every language', async () => {
    const { symbols, prices, until, list, allStories } = await watching();
    list('AMD');
    symbols.set('AMD', customOf('AMD'));
    await until('10:00');
    prices.set('AMD', 79);
    await until('10:05');
    const catalogue = loadCatalogue();
    const stories = await allStories();
    for (const language of catalogue.languages) {
      const card = buildCard(stories, language, catalogue);
      expect(card.sections).toEqual([]);
      expect(card).toMatchObject({ tag: 'AMD', title: expect.stringContaining('AMD'), tone: 'red' });
    }
  });

  it.each([
    ['whose history fails', 'server-error'],
    ['whose history hangs up', 'disconnect'],
  ] as const)('%s does not hold up the others', async (_what, fault) => {
    const { yahoo, watcher, symbols, prices, until, list, allStories } = await watching();
    list('AMD');
    list('SPOT');
    yahoo.fail(({ path }) => (path.endsWith('/chart/AMD') ? fault : undefined));
    for (const symbol of ['AMD', 'SPOT']) symbols.set(symbol, customOf(symbol));
    await until('10:00');
    expect(watcher.health().problem).toBeUndefined();
    prices.set('SPOT', 79);
    await until('10:05');
    expect((await allStories()).map(({ symbol }) => symbol)).toEqual(['SPOT']);
    expect(watcher.health().refused.get('AMD')).toBe('no history');
  });

  it('that the source no longer knows stays without a history, and raises nothing', async () => {
    const { watcher, symbols, until, allStories } = await watching();
    symbols.set('GONE', customOf('GONE'));
    await until('10:00');
    expect(watcher.health().problem).toBeUndefined();
    expect(watcher.memory.states.has('GONE')).toBe(false);
    expect(watcher.memory.states.size).toBe(9);
    expect(await allStories()).toEqual([]);
  });

  it('waits if there are many: a poll fetches the histories of twenty-five', async () => {
    const { watcher, symbols, until, list } = await watching();
    await until('09:40');
    const many = Array.from({ length: 60 }, (_, n) => `X${n}`);
    for (const symbol of many) {
      list(symbol);
      symbols.set(symbol, customOf(symbol));
    }
    const had = () => many.filter((symbol) => watcher.memory.states.has(symbol)).length;
    await until('09:41');
    expect(had()).toBe(25);
    await until('09:43');
    expect(had()).toBe(60);
  });
});

describe('a symbol that is no longer watched', () => {
  it('is no longer requested, and is dropped from memory', async () => {
    const { watcher, symbols, until, list, asked } = await watching();
    list('AMD');
    symbols.set('AMD', customOf('AMD'));
    await until('10:00');
    expect(asked('AMD')).toBe(31);
    symbols.delete('AMD');
    await until('10:10');
    expect(asked('AMD')).toBe(31);
    const { memory } = watcher;
    expect([memory.states.has('AMD'), memory.quotes.has('AMD'), memory.histories.bars('AMD')]).toEqual([
      false,
      false,
      [],
    ]);
  });

  it('and is added again between two polls is fetched anew, as the store has deleted it', async () => {
    const { symbols, store, until, list } = await watching();
    list('AMD');
    symbols.set('AMD', customOf('AMD'));
    await until('10:00');
    await deleteSymbol(store.db, 'AMD');
    symbols.delete('AMD');
    symbols.set('AMD', customOf('AMD'));
    await until('10:01');
    expect(await readBars(store.db, 'AMD')).toHaveLength(100);
  });
});

it('the refusal of a delisted ticker is logged once for each reason, not with every poll', async () => {
  const { symbols, until, logged } = await watching();
  symbols.set('GONE', customOf('GONE'));
  await until('10:30');
  const reasons = logged
    .filter(({ symbol, msg }) => symbol === 'GONE' && msg === 'quote not used')
    .map((it) => it.reason);
  expect(reasons.length).toBeGreaterThan(0);
  expect(new Set(reasons).size).toBe(reasons.length);
});
