import { describe, expect, it } from 'vitest';
import { readPriceMemories } from '../../src/store/price-memories.ts';
import { storedAlerts } from '../store/inspect.ts';
import { newDatabase } from '../store/temporary.ts';
import { sentTo } from './crash.ts';
import { at } from './market.ts';
import { stage } from './stage.ts';

const [FRI, MON] = ['2025-05-30', '2025-06-02'] as const;

/**
 * A quiet Monday until 10:30, when Tesla moves; the bot polls it once and is killed. Its successor on the same database
 * starts a minute later.
 */
const diedAfterOneQuote = async (factor: number) => {
  const world = await stage(at(MON, '09:25'));
  world.market.past(FRI, 300);
  const database = { databaseUrl: await newDatabase() };
  const killed = await world.start(undefined, '', database);
  await world.run(killed, at(MON, '10:30'));
  world.market.move('TSLA', factor);
  await world.run(killed, at(MON, '10:31'));
  const app = await world.start(undefined, '', database);
  return { world, app };
};

describe('a kill between two quotes', () => {
  it('of a crossing leaves it to be confirmed once by the next', async () => {
    const { world, app } = await diedAfterOneQuote(0.88);
    await world.run(app, at(MON, '10:32'));
    await world.run(app, at(MON, '10:40'));
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/10 ${MON}`]]);
    const alerts = await storedAlerts(app.store.db);
    expect(alerts.map(({ createdAt }) => createdAt)).toEqual(alerts.map(() => at(MON, '10:32')));
  });

  it('of a jump leaves it to be accepted once with the next', async () => {
    const { world, app } = await diedAfterOneQuote(0.6);
    expect(app.watcher.memory.memories.get('TSLA')).toMatchObject({ jump: { price: 180_000_000, seen: 1 } });
    await world.run(app, at(MON, '10:41'));
    expect(app.watcher.memory.quotes.get('TSLA')?.price).toBe(180_000_000);
    expect((await readPriceMemories(app.store.db)).get('TSLA')?.jump).toBeUndefined();
    await world.run(app, at(MON, '10:46'));
    expect(await sentTo(app, 'board')).toEqual([[`TSLA 252/40 ${MON}`]]);
  });

  it('forgets a jump that is reversed', async () => {
    const { world, app } = await diedAfterOneQuote(0.6);
    world.market.move('TSLA', 1);
    await world.run(app, at(MON, '10:40'));
    expect(await sentTo(app, 'board')).toEqual([]);
    expect((await readPriceMemories(app.store.db)).get('TSLA')?.jump).toBeUndefined();
  });

  it('forgets a jump with the split that it was', async () => {
    const { world, app } = await diedAfterOneQuote(0.1);
    expect(app.watcher.memory.memories.get('TSLA')).toMatchObject({ jump: { since: at(MON, '10:31') } });
    await world.run(app, at(MON, '10:35'));
    expect(app.watcher.health().refused.get('TSLA')).toBe('jump waits');
    expect(app.watcher.memory.memories.get('TSLA')).toMatchObject({ jump: { since: at(MON, '10:31') } });
    world.market.move('TSLA', 1);
    world.market.splitTenForOne('TSLA', MON);
    await world.run(app, at(MON, '10:50'));
    expect(await sentTo(app, 'board')).toEqual([]);
    expect(app.watcher.memory.quotes.get('TSLA')?.price).toBe(30_000_000);
    expect((await readPriceMemories(app.store.db)).get('TSLA')?.jump).toBeUndefined();
  });
});
