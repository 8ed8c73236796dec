/**
 * Measures the cost of channels for a poll: a poll without a crossing with 10 and with 100,000 channels, and a crossing
 * for 100,000: how long until all deliveries are committed, and the longest stall of the event loop meanwhile. On a
 * database file, as in production. Exits with 1 if a bound is missed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEffectiveRules } from '../src/channels/effective-rules.ts';
import { loadCompanies } from '../src/facts/companies.ts';
import { createLedger } from '../src/facts/ledger.ts';
import type { Bar } from '../src/market/bar.ts';
import { loadCalendar } from '../src/market/load-calendar.ts';
import { toMicros } from '../src/market/money.ts';
import type { Source } from '../src/market/source.ts';
import { loadWatchlist } from '../src/market/watchlist.ts';
import { createFanOutJob } from '../src/outbox/fan-out.ts';
import { openStore, type Store } from '../src/store/store.ts';
import type { ChannelSettings } from '../src/stories/channel.ts';
import { silent } from '../src/telemetry/log.ts';
import { MINUTE_MS } from '../src/util/durations.ts';
import { createWatcher } from '../src/watch/watcher.ts';

const MANY = 100_000;
const FEW = 10;
const POLLS = 150;
const SESSIONS = 2_500;
const BOUNDS = { ratio: 1.2, seconds: 5, stallMs: 50 };

const timeZone = 'America/New_York';
const calendar = loadCalendar();
const watchlist = loadWatchlist();
const START = Date.parse('2025-06-02T14:00:00Z');

/** Realistic settings: half of the channels have the defaults, others their own levels, quiet hours and kinds. */
const settingsAt = (n: number): ChannelSettings => {
  if (n % 4 < 2) return {};
  const quiet = { from: `2${n % 4}:00`, to: '07:00' };
  const level = 1_000 + 50 * (n % 15);
  return {
    timeZone: ['Asia/Seoul', 'Europe/London', 'Asia/Kolkata'][n % 3] ?? timeZone,
    ...(n % 5 === 0 && { quiet }),
    ...(n % 7 === 0 && { kinds: ['drawdown', 'recovery'] }),
    rules: { [n % 2 === 0 ? '*' : 'TSLA']: { drawdown: { 252: [level, 3_000] }, day: [500, 1_000] } },
    ping: { id: String(n), from: 0 },
  };
};

const addChannels = async (store: Store, count: number): Promise<void> => {
  for (let from = 0; from < count; from += 2_000)
    await store.db
      .insertInto('channels')
      .values(
        Array.from({ length: Math.min(2_000, count - from) }, (_, at) => {
          const settings = settingsAt(from + at);
          return {
            platform: 'discord',
            address: String(from + at),
            language: 'en',
            created_at: START,
            workspace: null,
            made_by: null,
            settings: Object.keys(settings).length === 0 ? null : JSON.stringify(settings),
            paused: null,
            paused_at: null,
          };
        }),
      )
      .execute();
};

const sessions = (): string[] => {
  const all = [calendar.previous(calendar.dayOf(START))];
  while (all.length < SESSIONS) all.push(calendar.previous(all.at(-1) ?? ''));
  return all.reverse();
};

/** A source with constant prices and a trade every second, until the fall. */
const playedSource = (fallen: () => boolean): Source => {
  const close = toMicros(300);
  const bars = sessions().map((session): Bar => ({ session, open: close, high: close, low: close, close, volume: 0 }));
  return {
    name: 'Played',
    history: async () => ({ bars, splits: [] }),
    quotes: async (symbols, now) => ({
      refused: [],
      quotes: symbols.map(({ symbol }) => ({
        symbol,
        price: toMicros(symbol === 'TSLA' && fallen() ? 234 : 300),
        tradeTime: now - 1_000,
        marketState: 'regular' as const,
        delayMinutes: 0,
        previousClose: null,
        source: 'Played',
      })),
    }),
  };
};

const open = async (folder: string, count: number) => {
  const store = await openStore(`sqlite:${join(folder, `${count}.db`)}`);
  await addChannels(store, count);
  const rules = createEffectiveRules({ watchlist, timeZone });
  for (let n = 0; n < count; n += 1) rules.add(settingsAt(n));
  let isDown = false;
  const source = playedSource(() => isDown);
  const parts = { watchlist, rules, timeZone, calendar, source, store, log: silent, companies: loadCompanies() };
  const ledger = createLedger([]);
  const watcher = await createWatcher(
    { ...parts, ledger: () => ledger, pollMs: MINUTE_MS, pollOutsideSessions: false },
    START,
  );
  let now = START;
  const poll = async (): Promise<number> => {
    now += MINUTE_MS;
    const begin = performance.now();
    await watcher.poll(now);
    return performance.now() - begin;
  };
  await poll();
  return {
    store,
    poll,
    now: () => now,
    fall: () => {
      isDown = true;
    },
    fanOut: createFanOutJob({ store, watchlist, timeZone }),
  };
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** The longest turn of the event loop while `work` ran, milliseconds. */
const stallDuring = async (work: () => Promise<void>): Promise<number> => {
  let longest = 0;
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    next = setImmediate(tick);
  };
  let next = setImmediate(tick);
  await work();
  clearImmediate(next);
  return Math.max(longest, performance.now() - last);
};

const counted = async (store: Store): Promise<number> => {
  const { count } = await store.db
    .selectFrom('deliveries')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
};

const folder = mkdtempSync(join(tmpdir(), 'slidewatch-bench-'));
try {
  const few = await open(folder, FEW);
  const many = await open(folder, MANY);
  const took: Record<'few' | 'many', number[]> = { few: [], many: [] };
  // Alternately, so that other load affects both alike; the first ones warm up.
  for (let n = 0; n < POLLS; n += 1) {
    const [a, b] = [await few.poll(), await many.poll()];
    if (n < 20) continue;
    took.few.push(a);
    took.many.push(b);
  }
  const [ten, all] = [median(took.few), median(took.many)];
  const ratio = all / ten;
  console.log(`  a poll without a crossing, median of ${took.few.length}`);
  console.log(
    `  ${FEW} channels ${ten.toFixed(2)} ms, ${MANY} channels ${all.toFixed(2)} ms: ${ratio.toFixed(2)} times`,
  );

  many.fall();
  await many.poll();
  const begin = performance.now();
  const used = process.threadCpuUsage();
  const stall = await stallDuring(async () => {
    await many.poll();
    await many.fanOut.run(many.now());
  });
  const seconds = (performance.now() - begin) / 1_000;
  const { user, system } = process.threadCpuUsage(used);
  const deliveries = await counted(many.store);
  console.log(`  a crossing for ${MANY} channels: ${deliveries} deliveries committed in ${seconds.toFixed(2)} s`);
  console.log(
    `  ${(100 * (seconds / BOUNDS.seconds)).toFixed(0)}% of the time it may take; ${((user + system) / deliveries).toFixed(1)} ms of work for a thousand`,
  );
  console.log(`  nothing else waited longer than ${stall.toFixed(0)} ms`);
  if (deliveries < MANY * 0.9) throw new Error(`expected a delivery for nearly every channel, got ${deliveries}`);
  const missed = [
    ...(ratio > BOUNDS.ratio ? ['poll'] : []),
    ...(seconds > BOUNDS.seconds ? ['commit'] : []),
    ...(stall > BOUNDS.stallMs ? ['stall'] : []),
  ];
  if (missed.length > 0) {
    console.error(`  bounds missed: ${missed.join(', ')}`);
    process.exitCode = 1;
  }
  await few.store.close();
  await many.store.close();
} finally {
  rmSync(folder, { recursive: true });
}
