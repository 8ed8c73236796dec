import { expect, test } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { newDatabase } from '../store/temporary.ts';
import { sentTo } from './crash.ts';
import { at } from './market.ts';
import type { Stage } from './stage.ts';
import { atEleven, MON } from './weekend.ts';

const SECOND_MS = 1_000;

/** Runs the jobs every second up to `until`, with trades; returns at which times cards came. */
const run = async (world: Stage, app: App, until: number): Promise<string[]> => {
  const came: string[] = [];
  let before = (await sentTo(app, 'board')).length;
  while (world.clock() < until) {
    const now = world.clock() + SECOND_MS;
    world.market.trade(now);
    await world.runJobs(app, now);
    const cards = await sentTo(app, 'board');
    for (const card of cards.slice(before))
      came.push(`${new Date(now).toISOString().slice(14, 19)} ${card.map((it) => it.split(' ')[0]).join(' ')}`);
    before = cards.length;
  }
  return came;
};

/** Lets symbols fall far, one after the other; a step like that is confirmed 45 seconds later, at the next poll. */
const falls = async (world: Stage, app: App, until: string, ...tickers: readonly string[]): Promise<string[]> => {
  for (const ticker of tickers) world.market.move(ticker, 0.92);
  return run(world, app, at(MON, until));
};

test('the first card comes at once, and what falls in the two minutes after it on one card', async () => {
  const { world, app } = await atEleven({ databaseUrl: await newDatabase() });
  expect(await falls(world, app, '11:02', 'NVDA')).toEqual([]);
  expect(await falls(world, app, '11:03', 'TSLA', 'META')).toEqual(['02:03 NVDA']);
  expect(await run(world, app, at(MON, '11:07'))).toEqual(['04:03 META TSLA']);
});

test('a restart in the middle keeps what was gathered, and the time at which it goes out', async () => {
  const databaseUrl = await newDatabase();
  const { world, app } = await atEleven({ databaseUrl });
  await falls(world, app, '11:02', 'NVDA');
  expect(await falls(world, app, '11:03', 'TSLA', 'META')).toEqual(['02:03 NVDA']);
  await run(world, app, at(MON, '11:04') + SECOND_MS);
  await app.stop();
  const again = await world.start(undefined, '', { databaseUrl });
  expect(await run(world, again, at(MON, '11:07'))).toEqual(['04:03 META TSLA']);
});
