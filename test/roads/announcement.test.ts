import { expect, it, onTestFinished } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { createDiscord } from '../../src/chat/discord/discord.ts';
import { silent } from '../../src/telemetry/log.ts';
import { startDiscordDouble } from '../doubles/discord/double.ts';
import type { Asked } from '../doubles/discord/faults.ts';
import { TYPES } from '../doubles/discord/world.ts';
import { eventually } from '../eventually.ts';
import { newDatabase } from '../store/temporary.ts';
import { at } from './market.ts';
import { type Stage, stage } from './stage.ts';

const [FRI, MON] = ['2025-05-30', '2025-06-02'] as const;
const CHANNEL = '112233445566778899';
const isCrosspost = ({ path }: Asked): boolean => path.endsWith('/crosspost');

/** Tesla falls by 12% in an announcement channel's bot. */
const scene = async () => {
  const world = await stage(at(MON, '10:25'));
  world.market.past(FRI, 300);
  const discord = await startDiscordDouble({ now: world.clock });
  onTestFinished(() => discord.close());
  discord.addChannel(CHANNEL, { type: TYPES.announcement });
  const database = { databaseUrl: await newDatabase() };
  const start = () => {
    const { token, apiUrl } = discord;
    const platform = createDiscord({ token, apiUrl, log: silent, now: world.clock, retryMs: 1 });
    return world.start(platform, CHANNEL, database);
  };
  const app = await start();
  await world.run(app, at(MON, '10:30'));
  world.market.move('TSLA', 0.88);
  return { world, discord, start, app };
};

/** Runs the jobs of a minute without waiting for the first of them, the poll, again. */
const deliver = (world: Stage, app: App, now: number): Promise<unknown> => {
  world.set(now);
  return Promise.allSettled(app.jobs.slice(1).map((job) => job.run(now)));
};

it('a slide in an announcement channel is published, once', async () => {
  const { world, discord, app } = await scene();
  await world.run(app, at(MON, '10:40'));
  expect(discord.messages(CHANNEL)).toHaveLength(1);
  expect(discord.crossposted(CHANNEL)).toEqual(discord.messages(CHANNEL).map(({ id }) => id));
  expect(discord.requests.filter(isCrosspost)).toHaveLength(1);
});

it('a bot that is killed between a slide and its publication publishes it at the next start, and posts nothing twice', async () => {
  const { world, discord, start, app } = await scene();
  await world.run(app, at(MON, '10:32'));
  discord.fail({ fault: { kind: 'hang' }, matching: isCrosspost });
  const rounds = deliver(world, app, at(MON, '10:33'));
  await eventually(() => expect(discord.requests.some(isCrosspost)).toBe(true));
  // The killed bot cannot write its result any more.
  await app.store.close();
  expect(discord.messages(CHANNEL)).toHaveLength(1);
  expect(discord.crossposted(CHANNEL)).toEqual([]);

  world.set(at(MON, '10:40'));
  const revived = await start();
  await world.run(revived, at(MON, '10:50'));
  expect(discord.messages(CHANNEL)).toHaveLength(1);
  expect(discord.crossposted(CHANNEL)).toHaveLength(1);
  await app.stop().catch(() => undefined);
  await rounds;
});
