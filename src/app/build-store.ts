import { LONGEST_WAITS } from '../delivery/longest-waits.ts';
import { createFactStore, type FactStore } from '../facts/fact-store.ts';
import { bringBackStamps } from '../store/clock-stamps.ts';
import { readFiledFacts } from '../store/filed-facts.ts';
import { refuseMoved } from '../store/move.ts';
import { queueLength } from '../store/queue.ts';
import { databaseName, openStore, type Store } from '../store/store.ts';
import { createMetrics, type Metrics } from '../telemetry/metrics.ts';
import type { BuildContext } from './options.ts';

export interface StoreParts {
  readonly store: Store;
  readonly metrics: Metrics;
  /** Curated facts and those from filings. */
  readonly factStore: FactStore;
}

/** Opens the database and reads what the other builders need from it. @throws StoreError */
export const buildStore = async ({ options, config, shutdown }: BuildContext): Promise<StoreParts> => {
  const { log, onDamaged } = options;
  const store = await openStore(options.databaseUrl, {
    ...{ log, signal: shutdown.signal },
    ...(onDamaged && { onDamaged }),
  });
  shutdown.add(store.close);
  await refuseMoved({ name: await databaseName(options.databaseUrl), store });
  // An earlier run may have had a clock that was ahead.
  await store.transaction((db) => bringBackStamps(db, options.clock(), { backMs: 0, waits: LONGEST_WAITS }));
  const metrics = createMetrics(() => queueLength(store.db));
  if (options.version !== undefined) metrics.observeProcess(options.version);
  return {
    store,
    metrics,
    factStore: createFactStore(config.facts, await readFiledFacts(store.db)),
  };
};
