import { expect, it } from 'vitest';
import { readCustomSymbols } from '../../src/store/custom-symbols.ts';
import { recorder } from '../delivery/recorder.ts';
import { storedDeliveries } from '../store/inspect.ts';
import { usedDatabase } from '../store/old-database.ts';
import { at } from './market.ts';
import { stage } from './stage.ts';

const MON = '2025-06-02';

it('a database of an earlier version is opened, and nothing is posted by that; then its channels get what is theirs', async () => {
  const path = await usedDatabase();
  const world = await stage(at(MON, '09:25'));
  world.market.past('2025-05-30', 300);
  const discord = recorder('discord');
  const app = await world.start(discord, '1', { databaseUrl: `sqlite:${path}` });
  const { db } = app.store;
  await world.run(app, at(MON, '10:30'));
  expect(discord.postings).toEqual([]);
  expect((await storedDeliveries(db)).map(({ id, state }) => [id, state])).toEqual([
    [1, 'sent'],
    ...[2, 3, 4, 5].map((id) => [id, 'gone']),
  ]);
  expect((await app.channels.of('discord')).map(({ address }) => address)).toEqual(['1']);
  // One channel watches AMD and one that is away has added ARM; nobody has added DAY.
  expect((await readCustomSymbols(db)).map(({ symbol }) => symbol)).toEqual(['AMD', 'ARM']);

  world.market.move('TSLA', 0.88);
  await world.run(app, at(MON, '10:40'));
  expect(discord.postings.map(({ channelId, card }) => [channelId, card.tag])).toEqual([['1', 'TSLA']]);
});
