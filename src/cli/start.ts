import { type App, createApp } from '../app.ts';
import { loadCatalogue } from '../cards/catalogue.ts';
import type { Destination } from '../destinations.ts';
import type { EdgarCache } from '../facts/edgar/cache.ts';
import { createLogger, type Logger } from '../log.ts';
import { startWaking } from '../schedule/wake.ts';
import { readSettings, type Settings } from '../settings.ts';
import { StoreError } from '../store/store-error.ts';
import { inProject } from './database-url.ts';

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

const edgarOf = (edgar: NonNullable<Settings['edgar']>, log: Logger) => async (cache: EdgarCache) => {
  const { createEdgarClient } = await import('../facts/edgar/client.ts');
  return createEdgarClient({ ...edgar, cache, log: log.child({ source: 'edgar' }) });
};

const stopOnSignal = (stop: () => Promise<void>, log: Logger): void => {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      stop().then(
        () => process.exit(process.exitCode ?? 0),
        (fault: unknown) => {
          log.error({ err: fault }, 'stopping failed');
          process.exit(1);
        },
      );
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
    ...(settings.edgar && { edgar: edgarOf(settings.edgar, log) }),
    clock: Date.now,
    log,
  });
  const waking = startWaking(app.jobs, log, (job, fault) => {
    if (fault instanceof StoreError) {
      console.error(fault.message);
      process.exit(1);
    }
    log.error({ job, err: fault }, 'job failed');
  });
  stopOnSignal(async () => {
    await waking.stop();
    await app.stop();
  }, log);

  console.log(`Slidewatch is running. Board: ${app.boardUrl}`);
  const places = app.postingTo.join(' and ');
  console.log(places ? `Posting to ${places}.` : 'No platform is set in .env: cards go to the board only.');
};
