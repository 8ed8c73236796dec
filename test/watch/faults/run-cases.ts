import { createEffectiveRules } from '../../../src/channels/effective-rules.ts';
import { loadCompanies } from '../../../src/facts/companies.ts';
import { createLedger } from '../../../src/facts/ledger.ts';
import type { Listed, Source } from '../../../src/market/source.ts';
import { loadWatchlist, type Rules, type Watched, type Watchlist } from '../../../src/market/watchlist.ts';
import { alertsOf } from '../../../src/store/alerts.ts';
import { openStore } from '../../../src/store/store.ts';
import { silent } from '../../../src/telemetry/log.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/util/durations.ts';
import { createWatcher } from '../../../src/watch/watcher.ts';
import { drawOf } from './draw.ts';
import { expectedOf, type Raised } from './expected.ts';
import { type Faulty, KINDS } from './kinds.ts';
import { pollTimes } from './polls.ts';
import { type Score, scoreOf } from './score.ts';
import type { Series } from './series.ts';
import type { Served } from './served.ts';
import { drawTruth, type Truth } from './truth.ts';
import { calendar, pastSessions, SESSIONS } from './week.ts';

const timeZone = 'America/New_York';
const { rules } = loadWatchlist();

/** One case: a kind of fault, and the seed that its prices, its time and its details are drawn by. */
export interface Case {
  readonly kind: string;
  readonly seed: number;
}

/** Indexes of the sessions that a fault may begin in: two follow, and one is before. */
const FAULT_SESSIONS = [1, 2] as const;

const drawFault = ({ kind, seed }: Case, series: readonly Series[]): Faulty => {
  const draw = drawOf(seed);
  // An index is never split or gapped.
  const isOfStocks = /split|spin-off|ex-dividend|gap/.test(kind);
  const truth = drawTruth(draw, draw.one(series.filter((it) => !isOfStocks || it.kind === 'stock')));
  const at = draw.one(FAULT_SESSIONS);
  const day = truth.days[at];
  const fault = KINDS[kind];
  if (!day || !fault) throw new Error(`no such kind of fault: ${kind}`);
  return fault({ draw, truth, at, day });
};

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

/** What the bot tells of these symbols, all of them watched by one watcher; by symbol, in the order of time. */
const watchAll = async (faults: readonly Faulty[], times: readonly number[]): Promise<Map<string, Raised[]>> => {
  const store = await openStore('sqlite::memory:');
  const watchlist = watchlistOf(faults.map(({ truth }) => truth));
  const told = new Map<string, Raised[]>();
  let isRaised = false;
  const note = async (now: number): Promise<void> => {
    if (!isRaised) return;
    isRaised = false;
    const counts = new Map<string, number>();
    for (const session of [...pastSessions.slice(-5), ...SESSIONS])
      for (const alert of await alertsOf(store.db, session)) {
        const key = `${alert.symbol} ${session}`;
        const n = (counts.get(key) ?? 0) + 1;
        counts.set(key, n);
        const own = told.get(alert.symbol) ?? [];
        if (n > own.filter((it) => it.alert.session === session).length)
          told.set(alert.symbol, [...own, { alert, at: now }]);
      }
  };
  try {
    const start = (calendar.hours(calendar.previous(SESSIONS[0]))?.close ?? 0) + HOUR_MS;
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
  } finally {
    await store.close();
  }
  return told;
};

/** The outcome of a case: what should have been told, what was, and how they compare. */
export interface Outcome {
  readonly case: Case;
  readonly rules: Rules;
  readonly expected: readonly Raised[];
  readonly told: readonly Raised[];
  readonly score: Score;
}

/** Runs cases side by side, each as a symbol of its own in one watcher. */
export const runCases = async (cases: readonly Case[], series: readonly Series[]): Promise<Outcome[]> => {
  const faults = cases.map((it) => drawFault(it, series));
  const times = pollTimes(cases.length);
  const told = await watchAll(faults, times);
  return faults.map(({ truth }, n) => {
    const own = rules[truth.kind];
    const expected = expectedOf(truth, own, times);
    const did = told.get(symbolOf(n)) ?? [];
    return { case: cases[n] as Case, rules: own, expected, told: did, score: scoreOf(expected, did, own) };
  });
};
