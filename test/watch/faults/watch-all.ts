import { createEffectiveRules } from '../../../src/channels/effective-rules.ts';
import { loadCompanies } from '../../../src/facts/companies.ts';
import { createLedger } from '../../../src/facts/ledger.ts';
import type { Listed, Source } from '../../../src/market/source.ts';
import { loadWatchlist, type Watched, type Watchlist } from '../../../src/market/watchlist.ts';
import type { SlideState } from '../../../src/slides/state.ts';
import { alertsOf } from '../../../src/store/alerts.ts';
import { openStore } from '../../../src/store/store.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/util/durations.ts';
import { createWatcher } from '../../../src/watch/watcher.ts';
import type { Raised } from './expected.ts';
import type { Faulty } from './kinds.ts';
import type { Served } from './served.ts';
import type { Truth } from './truth.ts';
import { calendar } from './week.ts';

const timeZone = 'America/New_York';
const { rules } = loadWatchlist();

const symbolOf = (n: number): string => `T${n}`;

const watchlistOf = (truths: readonly Truth[]): Watchlist => {
  const symbols = new Map(
    truths.map(({ kind }, n): [string, Watched] => {
      const symbol = symbolOf(n);
      return [symbol, { symbol, kind, name: { en: symbol }, aliases: [], tickers: { drawn: symbol } }];
    }),
  );
  return { symbols, rules, resolve: (text) => text, version: () => 0 };
};

/** The quotes of one source, by symbol. */
const quotesOf =
  (bySymbol: ReadonlyMap<string, Served | undefined>): Source['quotes'] =>
  async (listed, now) => ({
    refused: [],
    quotes: listed.flatMap(({ symbol }: Listed) => {
      const quote = bySymbol.get(symbol)?.quote(now);
      if (!quote) return [];
      const { price, tradeTime, previousClose } = quote;
      const marketState = calendar.isOpen(now) ? ('regular' as const) : ('post' as const);
      return { symbol, price, tradeTime, previousClose, marketState, delayMinutes: 0, source: 'Drawn' };
    }),
  });

const sourceOf = (faults: readonly Faulty[]): Source => {
  const bySymbol = new Map(faults.map(({ source }, n) => [symbolOf(n), source]));
  const seconds = new Map(faults.map(({ second }, n) => [symbolOf(n), second]));
  return {
    name: 'Drawn',
    quotes: quotesOf(bySymbol),
    ...(faults.some(({ second }) => second) && { confirm: quotesOf(seconds) }),
    history: async ({ symbol }, from, now) => {
      const answer = bySymbol.get(symbol)?.history(now) ?? { bars: [], splits: [] };
      return { bars: answer.bars.filter(({ session }) => session >= from), splits: answer.splits };
    },
  };
};

/**
 * What the bot tells of these symbols, each in the order of time: they are watched by one watcher, which starts an hour
 * after the close before the first day and polls at these times. `onEnd` gets the states at the end, in the same order.
 */
export const watchAll = async (
  faults: readonly Faulty[],
  times: readonly number[],
  onEnd?: (states: readonly (SlideState | undefined)[]) => void,
): Promise<Raised[][]> => {
  const store = await openStore('sqlite::memory:');
  const watchlist = watchlistOf(faults.map(({ truth }) => truth));
  const sessions = [
    ...new Set(faults.flatMap(({ truth }) => [...truth.past.slice(-5), ...truth.days].map((it) => it.session))),
  ];
  const told = new Map<string, Raised[]>();
  const seen = new Map<string, number>();
  let isRaised = false;
  const note = async (now: number): Promise<void> => {
    const recent = sessions.filter((session) => session <= calendar.dayOf(now)).slice(-12);
    for (const session of isRaised ? recent : []) {
      const alerts = await alertsOf(store.db, session);
      for (const alert of alerts.slice(seen.get(session) ?? 0))
        told.set(alert.symbol, [...(told.get(alert.symbol) ?? []), { alert, at: now }]);
      seen.set(session, alerts.length);
    }
    isRaised = false;
  };
  try {
    const last = faults[0]?.truth.past.at(-1)?.session ?? '';
    const start = (calendar.hours(last)?.close ?? 0) + HOUR_MS;
    const ledger = createLedger([]);
    const watcher = await createWatcher(
      {
        ...{ watchlist, timeZone, calendar, store, log: silent, companies: loadCompanies(), ledger: () => ledger },
        ...{ rules: createEffectiveRules({ watchlist, timeZone }), source: sourceOf(faults) },
        ...{ pollMs: MINUTE_MS, pollOutsideSessions: false },
        onAlert: () => {
          isRaised = true;
        },
      },
      start,
    );
    for (const now of [start, ...times]) {
      await watcher.poll(now);
      await note(now);
    }
    onEnd?.(faults.map((_, n) => watcher.memory.states.get(symbolOf(n))));
  } finally {
    await store.close();
  }
  return faults.map((_, n) => told.get(symbolOf(n)) ?? []);
};
