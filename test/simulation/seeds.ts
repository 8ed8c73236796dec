import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { loadConfig } from '../../src/app/config.ts';
import { openStore } from '../../src/store/store.ts';
import { silent } from '../../src/telemetry/log.ts';
import { setInstance } from '../store/inspect.ts';
import { shareDatabase } from './bot.ts';
import { checkRun } from './check.ts';
import { drawScenario } from './scenario.ts';
import { simulate } from './simulate.ts';
import { storyOf } from './story.ts';

/** What came of one seed. */
export interface SeedResult {
  readonly seed: number;
  /** Of all that happened: the same for the same seed. */
  readonly hash: string;
  /** Cards in all channels, and how often the bot ended. */
  readonly cards: number;
  readonly edits: number;
  readonly ends: number;
  /** Number of promises that were not kept. */
  readonly breaches: number;
  /** How it came to that, in lines; empty without breaches. */
  readonly story: readonly string[];
}

/** Makes a function that runs a seed. What all seeds share is read once: the config, and an empty database. */
export const prepareSeeds = async (): Promise<(seed: number) => Promise<SeedResult>> => {
  const config = loadConfig(Date.UTC(2025, 0, 2), silent);
  const empty = shareDatabase();
  const store = await openStore(empty.url);
  await setInstance(store.db, 'simula');
  await store.close();
  const template = new DatabaseSync(empty.name);
  return async (seed) => {
    const scenario = drawScenario(seed, config);
    const database = shareDatabase(template);
    try {
      const run = await simulate(scenario, config, database);
      const breaches = checkRun(scenario, run);
      return {
        ...{ seed, hash: run.hash, ends: run.ends.length, edits: run.edits.length, breaches: breaches.length },
        cards: [...run.rooms.values()].reduce((sum, room) => sum + room.length, 0),
        story: breaches.length === 0 ? [] : storyOf(scenario, run, breaches),
      };
    } finally {
      database.close();
    }
  };
};

/** Runs seeds in as many threads, and hands over each result as it comes. */
export const runSeeds = async (
  seeds: readonly number[],
  threads: number,
  onResult: (result: SeedResult) => void,
): Promise<void> => {
  const left = [...seeds];
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url));
      const give = (): void => {
        const seed = left.shift();
        if (seed === undefined) void worker.terminate().then(() => resolve(), reject);
        else worker.postMessage(seed);
      };
      worker.on('message', (result: SeedResult | 'ready') => {
        if (result !== 'ready') onResult(result);
        give();
      });
      worker.on('error', reject);
    });
  await Promise.all(Array.from({ length: Math.min(threads, seeds.length) }, work));
};
