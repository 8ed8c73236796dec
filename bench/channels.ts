/**
 * Measures the cost of channels: loading them at a start, reading the effective rules as a poll does, and changing one.
 * Once for channels that share a few settings, and once for channels that all differ, with 200 sets of rules among
 * them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChannels } from '../src/channels/channels.ts';
import { openRegistry } from '../src/channels/registry.ts';
import { createMutableWatchlist } from '../src/market/mutable-watchlist.ts';
import { loadWatchlist } from '../src/market/watchlist.ts';
import { openStore, type Store } from '../src/store/store.ts';
import type { ChannelSettings } from '../src/stories/channel.ts';
import { silent } from '../src/telemetry/log.ts';

const CHANNELS_PER_INSERT = 2_000;
const SETTINGS_CHANGES = 20;

const shared: readonly ChannelSettings[] = [
  {},
  { timeZone: 'Asia/Seoul' },
  { timeZone: 'Europe/London', digest: { at: '07:00' } },
  { without: ['TSLA'] },
  { rules: { '*': { day: [500, 1000] } } },
  { rules: { NVDA: { drawdown: { 252: [1000, 2000, 3000] } } }, quiet: { from: '22:00', to: '07:00' } },
  { kinds: ['drawdown'], ping: { id: '112233445566778899', from: 2000 } },
];

/** Settings of their own for each channel; every 200th channel has the same rules. */
const own = (nth: number): ChannelSettings => ({
  rules: { '*': { day: [100 + (nth % 20), 9_900] }, NVDA: { drawdown: { 252: [1 + (nth % 200), 9_000] } } },
  ping: { id: String(nth), from: 0 },
});

const fill = async (store: Store, count: number, settings: (nth: number) => ChannelSettings): Promise<void> => {
  for (let from = 0; from < count; from += CHANNELS_PER_INSERT)
    await store.transaction((db) =>
      db
        .insertInto('channels')
        .values(
          Array.from({ length: Math.min(CHANNELS_PER_INSERT, count - from) }, (_, n) => {
            const text = JSON.stringify(settings(from + n));
            return {
              ...{ platform: 'discord', address: String(from + n), language: 'en', created_at: 0 },
              settings: text === '{}' ? null : text,
            };
          }),
        )
        .execute(),
    );
};

const timed = async (work: () => Promise<unknown> | unknown): Promise<number> => {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
};

const shown = (ms: number): string => `${ms.toFixed(ms < 10 ? 2 : 0)} ms`;

const measure = async (what: string, count: number, settings: (nth: number) => ChannelSettings): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'slidewatch-bench-'));
  const store = await openStore(`sqlite:${join(folder, 'bench.db')}`);
  try {
    await fill(store, count, settings);
    const watchlist = createMutableWatchlist(loadWatchlist());
    const parts = { store, watchlist, timeZone: 'America/New_York', languages: ['en'], language: 'en', log: silent };
    const before = process.memoryUsage().heapUsed;
    let registry = await openRegistry(parts);
    const load = await timed(async () => {
      registry = await openRegistry(parts);
    });
    const heap = (process.memoryUsage().heapUsed - before) / 2 ** 20;
    const { effectiveRules } = registry;
    const symbols = [...watchlist.symbols.keys()];
    const ask = () => symbols.map(effectiveRules.union);
    const first = await timed(ask);
    const again = await timed(ask);
    const channels = createChannels({ ...parts, registry, source: { name: 'none', ...never } });
    const change = await timed(async () => {
      for (let nth = 1; nth <= SETTINGS_CHANGES; nth += 1) {
        await channels.change(nth % count || 1, (it) => ({ ...it, rules: { TSLA: { day: [1_000 + nth] } } }));
        ask();
      }
    });
    const line = {
      load,
      'first rules': first,
      'rules of a poll': again,
      'change and rules': change / SETTINGS_CHANGES,
    };
    const times = Object.entries(line).map(([name, ms]) => `${name} ${shown(ms)}`);
    console.log(`${count} channels, ${what}: ${times.join(', ')}; heap ${heap.toFixed(0)} MB`);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
};

const never = {
  quotes: () => Promise.reject(new Error('no source')),
  history: () => Promise.reject(new Error('no source')),
};

for (const count of [10, 100_000]) {
  await measure(`${shared.length} settings`, count, (nth) => shared[nth % shared.length] ?? {});
  await measure('each its own settings', count, own);
}
