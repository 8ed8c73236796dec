/**
 * Measures how long `/alerts backtest` keeps everything else waiting: nine symbols with 55 years of closes each, made by a
 * seeded walk, under the watchlist's rules, in a process that has answered such a question before. Counted is this thread's
 * own CPU time between two turns of the event loop, so that other load does not count. Exits with 1 if a turn takes 15 ms or
 * more.
 */
import { setImmediate } from 'node:timers/promises';
import { backtestCard } from '../src/cards/answers/backtest-card.ts';
import { loadCatalogue } from '../src/i18n/catalogue.ts';
import type { Bar } from '../src/market/bar.ts';
import { loadCalendar } from '../src/market/load-calendar.ts';
import { loadWatchlist } from '../src/market/watchlist.ts';
import { type Backtest, playBacktest } from '../src/slides/backtest-summary.ts';
import { inSlices } from '../src/util/in-slices.ts';

const MAX_TURN_MS = 15;
const SESSIONS = 14_000;
const FIRST_DAY = Date.UTC(1971, 1, 5);
const DAY_MS = 86_400_000;

/** Weekdays' closes that wander by up to 4% a day. */
const walk = (seed: number): Bar[] => {
  let state = seed;
  let price = 100_000_000;
  const bars: Bar[] = [];
  for (let day = FIRST_DAY; bars.length < SESSIONS; day += DAY_MS) {
    const date = new Date(day);
    if (date.getUTCDay() % 6 === 0) continue;
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    price = Math.max(1_000_000, Math.round(price * (1.0003 + 0.08 * (state / 2 ** 31 - 0.5))));
    const bar = { session: date.toISOString().slice(0, 10), open: price, high: price, low: price, close: price };
    bars.push({ ...bar, volume: 0 } as Bar);
  }
  return bars;
};

const watchlist = loadWatchlist();
const calendar = loadCalendar();
const words = loadCatalogue().in('en');
/** All symbols of the watchlist, each with a walk of its own. */
const subjectsFrom = (seed: number) =>
  [...watchlist.symbols.values()].map(({ symbol, kind }, n) => ({
    ...{ symbol, bars: walk(seed + n), watch: { rules: watchlist.rules[kind] }, calendar },
  }));

const cardOf = (played: Backtest) =>
  backtestCard(words, {
    ...{ ...played, watched: watchlist.symbols, rules: 'own', hasUnplayed: false, without: [], source: 'yahoo' },
  });

cardOf(await inSlices(playBacktest(subjectsFrom(1).slice(0, 2))));

const subjects = subjectsFrom(100);
let isDone = false;
const turns: number[] = [];
const watchTurns = async (): Promise<void> => {
  while (!isDone) {
    const begin = process.threadCpuUsage();
    await setImmediate();
    const { user, system } = process.threadCpuUsage(begin);
    turns.push((user + system) / 1_000);
  }
};

const watching = watchTurns();
await setImmediate();
const { title } = cardOf(await inSlices(playBacktest(subjects)));
await setImmediate();
isDone = true;
await watching;

const longest = Math.max(...turns);
console.log(
  `${title}: ${SESSIONS} closes each, ${turns.reduce((sum, each) => sum + each).toFixed(0)} ms of work in ${turns.length} turns`,
);
console.log(`  the longest turn ${longest.toFixed(1)} ms; ${MAX_TURN_MS} ms are allowed`);
if (longest >= MAX_TURN_MS) process.exitCode = 1;
