import { join } from 'node:path';
import { type App, createApp, type Destination } from '../app.ts';
import { loadCatalogue } from '../cards/catalogue.ts';
import { root } from '../config-file.ts';
import { createLogger, type Logger } from '../log.ts';
import { startWaking } from '../schedule/wake.ts';
import { readSettings, type Settings } from '../settings.ts';
import { StoreError } from '../store/store-error.ts';

/** Platforms are loaded only where they are configured: each costs memory and a start. */
const destinationsOf = async (settings: Settings, log: Logger): Promise<Destination[]> => {
  const destinations: Destination[] = [];
  if (settings.discord) {
    const { createDiscord } = await import('../chat/discord/discord.ts');
    const { channelId, ...options } = settings.discord;
    destinations.push({ platform: createDiscord({ ...options, log: log.child({ platform: 'discord' }) }), channelId });
  }
  if (settings.slack) {
    const { createSlack } = await import('../chat/slack/slack.ts');
    const { channelId, ...options } = settings.slack;
    destinations.push({ platform: createSlack({ ...options, log: log.child({ platform: 'slack' }) }), channelId });
  }
  return destinations;
};

/** A relative database path hangs from the project's folder, wherever the process was started. */
const inProject = (url: string): string => {
  const path = url.replace(/^sqlite:/, '');
  return path === ':memory:'
    ? url
    : `sqlite:${join(root, path).startsWith(root) && !path.startsWith('/') ? join(root, path) : path}`;
};

const stopOnSignal = (stop: () => Promise<void>): void => {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void stop().then(() => process.exit(process.exitCode ?? 0));
    });
};

/**
 * Runs the bot until it is told to stop: polls Yahoo, posts to the configured platforms, shows the board.
 * @throws one-line errors for whatever a person has to mend before it can start.
 */
export const start = async (): Promise<void> => {
  const settings = readSettings(process.env, loadCatalogue().languages);
  const log = createLogger(settings.logLevel);
  const destinations = await destinationsOf(settings, log);
  const app: App = await createApp({
    databaseUrl: inProject(settings.databaseUrl),
    board: settings.board,
    pollMs: settings.pollSeconds * 1000,
    pollOutsideSessions: settings.pollOutsideSessions,
    language: settings.language,
    destinations,
    source: async () => {
      const { createYahoo } = await import('../market/sources/yahoo/index.ts');
      return createYahoo({ log, ...(settings.yahooUrl !== undefined && { url: settings.yahooUrl }) });
    },
    clock: Date.now,
    log,
  });
  const names = destinations.map(({ platform }) => platform.name);
  console.log(`Slidewatch is running. Board: ${app.boardUrl}`);
  console.log(
    names.length > 0 ? `Posting to ${names.join(' and ')}.` : 'No platform is set in .env: cards go to the board only.',
  );

  let waking: { stop(): Promise<void> } | undefined;
  const stop = async (): Promise<void> => {
    await waking?.stop();
    await app.stop();
  };
  waking = startWaking(app.jobs, log, (job, fault) => {
    if (fault instanceof StoreError) {
      console.error(fault.message);
      process.exit(1);
    }
    log.error({ job, err: fault }, 'job failed');
  });
  stopOnSignal(stop);
};
