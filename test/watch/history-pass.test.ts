import { expect, it } from 'vitest';
import type { Source } from '../../src/market/source.ts';
import { createYahoo } from '../../src/market/sources/yahoo/index.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { silent } from '../../src/telemetry/log.ts';
import { sentTo } from '../roads/crash.ts';
import { at } from '../roads/market.ts';
import { stage } from '../roads/stage.ts';

const [FRI, MON] = ['2025-05-30', '2025-06-02'];

/** The bot on Monday before the bell, and a change of its source's histories. */
const monday = async (change: (source: Source) => Partial<Source> = () => ({})) => {
  const world = await stage(at(FRI, '17:00'));
  world.market.past(FRI, 300);
  const app = await world.start(undefined, '', {
    source: async () => {
      const yahoo = createYahoo({ url: world.yahoo.url, log: silent, wait: async () => {}, random: () => 0 });
      return { ...yahoo, ...change(yahoo) };
    },
  });
  await world.runJobs(app, at(FRI, '17:00'));
  world.set(at(MON, '09:20'));
  const chartsOf = (ticker: string) =>
    world.yahoo.requests.filter(({ path }) => path.endsWith(`/chart/${ticker}`)).length;
  return { world, app, chartsOf };
};

it('a history that cannot be judged leaves its quotes to the closes that we have', async () => {
  let isBroken = false;
  const { world, app } = await monday((source) => ({
    history: async (listed, ...rest) => {
      if (isBroken && listed.symbol === 'NVDA') throw new RangeError('a row that nobody thought of');
      return source.history(listed, ...rest);
    },
  }));
  isBroken = true;
  await world.run(app, at(MON, '10:00'));
  world.market.move('NVDA', 0.88);
  await world.run(app, at(MON, '10:05'));
  expect(await sentTo(app, 'board')).toEqual([[`NVDA 252/10 ${MON}`]]);
});

it('histories that could not be stored are fetched again, and until then no quote is judged by those of before', async () => {
  const { world, app, chartsOf } = await monday();
  world.market.splitTenForOne('NVDA', MON);
  const { transaction } = app.store;
  const before = chartsOf('NVDA');
  Object.assign(app.store, { transaction: () => Promise.reject(new StoreError('the disk is full')) });
  await expect(app.watcher.poll(at(MON, '09:26'))).rejects.toThrow('the disk is full');
  expect(app.watcher.memory.histories.bars('NVDA').at(-1)?.close).toBe(100_000_000);
  const asked = chartsOf('NVDA');
  expect(asked).toBeGreaterThan(before);
  Object.assign(app.store, { transaction });
  await world.runJobs(app, at(MON, '09:27'));
  expect(chartsOf('NVDA')).toBeGreaterThan(asked);
  await world.run(app, at(MON, '09:40'));
  expect(app.watcher.memory.histories.bars('NVDA').at(-1)?.close).toBe(10_000_000);
  expect(await sentTo(app, 'board')).toEqual([]);
});
