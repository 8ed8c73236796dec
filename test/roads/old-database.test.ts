import { expect, it } from 'vitest';
import { recorder } from '../delivery/recorder.ts';
import { oldDatabase } from '../store/old-database.ts';
import { at } from './market.ts';
import { stage } from './stage.ts';

const MON = '2025-06-02';

it('a database of an earlier version is opened, and nothing is posted by that; then its channels get what is theirs', async () => {
  const channel = (id: number, platform: string, address: string, retired: string, settings = 'null') =>
    `insert into channels (id, platform, address, language, retired, created_at, workspace, origin, settings) values
      (${id}, '${platform}', '${address}', 'en', ${retired}, 1, 'W', 'setup', ${settings})`;
  const story = `'{"kind":"test","symbol":"*","at":1}'`;
  const path = await oldDatabase('0003-channels', [
    channel(1, 'discord', '1', 'null', `'{"also":["AMD"]}'`),
    channel(2, 'discord', '2', `'greeted; nobody has made it a destination yet'`),
    channel(3, 'discord', '3', `'away: archived'`, `'{"also":["ARM"]}'`),
    channel(4, 'discord', '4', `'away with all: revoked'`),
    channel(5, 'discord', '5', `'deleted'`, `'{"rules":{"*":{"day":[300]}}}'`),
    ...['AMD', 'ARM', 'DAY'].map(
      (it) => `insert into custom_symbols values ('${it}', '${it}', 'stock', 'yahoo', '${it}', 1)`,
    ),
    `insert into stories (id, kind, symbol, body, created_at) values (1, 'test', '*', ${story}, 1)`,
    ...[1, 2, 3, 4, 5].map(
      (id) => `insert into deliveries
        (id, story_id, channel_id, platform, state, batch, attempts, maybe_posted, due_at, expires_at, settled_at, created_at)
        values (${id}, 1, ${id}, 'discord', '${id === 1 ? 'sent' : 'gone'}', ${id}, 1, 0, 1000.25, 9000, 2000, 1)`,
    ),
  ]);

  const world = await stage(at(MON, '09:25'));
  world.market.past('2025-05-30', 300);
  const discord = recorder('discord');
  const app = await world.start(discord, '1', { databaseUrl: `sqlite:${path}` });
  const { db } = app.store;
  await world.run(app, at(MON, '10:30'));
  expect(discord.postings).toEqual([]);
  expect(await db.selectFrom('deliveries').select(['id', 'state']).orderBy('id').execute()).toEqual([
    { id: 1, state: 'sent' },
    ...[2, 3, 4, 5].map((id) => ({ id, state: 'gone' })),
  ]);
  expect((await app.channels.of('discord')).map(({ address }) => address)).toEqual(['1']);
  // One channel watches AMD and one that is away has added ARM; nobody has added DAY.
  const custom = await db.selectFrom('custom_symbols').select('symbol').orderBy('symbol').execute();
  expect(custom.map(({ symbol }) => symbol)).toEqual(['AMD', 'ARM']);

  world.market.move('TSLA', 0.88);
  await world.run(app, at(MON, '10:40'));
  expect(discord.postings.map(({ channelId, card }) => [channelId, card.tag])).toEqual([['1', 'TSLA']]);
});
