import type { App } from '../../src/app/app.ts';
import type { AppOptions } from '../../src/app/options.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import { recorder } from '../delivery/recorder.ts';
import { newDatabase } from '../store/temporary.ts';
import { at } from './market.ts';
import { type Stage, stage } from './stage.ts';

/** A Friday and the Monday after it, both sessions. */
export const [FRI, MON] = ['2025-05-30', '2025-06-02'] as const;

/** An hour after Friday's bell; 300 sessions without a move are over. */
export const afterFriday = async (): Promise<Stage> => {
  const world = await stage(at(FRI, '17:00'));
  world.market.past(FRI, 300);
  return world;
};

/** Lets a bot see Friday's closes, and runs it on Monday from one time to another, without a move. */
export const runMonday = async (world: Stage, app: App, from: string, until: string): Promise<void> => {
  await world.runJobs(app, at(FRI, '17:00'));
  world.set(at(MON, from));
  await world.run(app, at(MON, until));
};

/** A bot on Monday at 11:00, an hour and a half into a session without a move. */
export const atEleven = async (options: Partial<AppOptions> = {}): Promise<{ world: Stage; app: App }> => {
  const world = await afterFriday();
  const app = await world.start(undefined, '', options);
  await runMonday(world, app, '10:50', '11:00');
  return { world, app };
};

/**
 * A bot on Monday at 10:00 whose cards for Discord are recorded. It has a channel `env`, and, if settings are given, one with
 * these, `own`.
 */
export const recordedAtTen = async (own?: ChannelSettings) => {
  const world = await afterFriday();
  const discord = recorder('discord');
  const database = { databaseUrl: await newDatabase() };
  const restart = (): Promise<App> => world.start(discord, 'env', database);
  const app = await restart();
  const open = (address: string, settings: ChannelSettings) =>
    app.channels.open({ platform: 'discord', address }, { language: 'en', origin: 'setup', settings }, world.clock());
  if (own) await open('own', own);
  await runMonday(world, app, '09:50', '10:00');
  /** The cards of one channel, oldest first. */
  const cards = (address: string) =>
    discord.postings.filter(({ channelId }) => channelId === address).map(({ card }) => card);
  return { ...world, app, open, cards, restart };
};
