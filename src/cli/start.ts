import { commands } from '../../commands/index.ts';
import { type App, createApp } from '../app/app.ts';
import { createHostNames } from '../app/host-names.ts';
import { createOwnClock } from '../app/own-clock.ts';
import { readSettings, type Settings } from '../app/settings.ts';
import type { Destination } from '../app/start-platforms.ts';
import { createDeferredHandlers } from '../chat/deferred-handlers.ts';
import type { BotParts } from '../chat/platform-kind.ts';
import { PLATFORM_KINDS } from '../chat/platform-kinds.ts';
import type { EdgarCache } from '../facts/edgar/cache.ts';
import { loadCatalogue } from '../i18n/catalogue.ts';
import { newYorkDay } from '../market/exchange-time.ts';
import { startScheduler } from '../schedule/scheduler.ts';
import { readFiledFacts } from '../store/filed-facts.ts';
import { lockDatabase } from '../store/lock.ts';
import { StoreError } from '../store/store-error.ts';
import { type Invitation, typedName } from '../stories/platforms.ts';
import { createLogger, type Logger } from '../telemetry/log.ts';
import { version } from './command-line.ts';
import { invitationText } from './invitation-text.ts';
import { noContactText } from './no-contact-text.ts';
import { inProject } from './own-store.ts';
import { createSources } from './sources.ts';

/** Loads only the configured platforms: each costs memory and start-up time. */
const destinationsOf = ({ platforms }: Settings, bot: BotParts): Promise<Destination[]> =>
  Promise.all(
    platforms.map(async ({ options: { channelId, channels }, create }) => ({
      platform: await create(bot),
      again: () => create(bot),
      ...(channelId !== undefined && { channelId }),
      ...(channels && { channels }),
    })),
  );

/** Where people bring this bot in. */
const ownInvitations = (destinations: readonly Destination[]): readonly Invitation[] =>
  destinations.flatMap(({ platform }) => platform.invitations?.() ?? []);

/** Where people bring one in, whatever .env sets up. */
const generalInvitations = (): readonly Invitation[] => PLATFORM_KINDS.flatMap((kind) => kind.invitations?.() ?? []);

const edgarOf = (edgar: NonNullable<Settings['edgar']>, log: Logger) => async (cache: EdgarCache) => {
  const { createEdgarClient } = await import('../facts/edgar/client.ts');
  return createEdgarClient({ ...edgar, cache, log: log.child({ source: 'edgar' }) });
};

/** Ends the process when the database cannot be used any more. */
const endBy = (fault: StoreError): never => {
  console.error(fault.message);
  process.exit(1);
};

/**
 * Ends the process with exit code 0 on SIGINT and SIGTERM: at once while it starts, later after the given `stop`. A second
 * signal ends it at once. Returns what takes `stop`.
 */
const stopOnSignal = (log: Logger): ((stop: () => Promise<void>) => void) => {
  let stop: (() => Promise<void>) | undefined;
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      (stop?.() ?? Promise.resolve()).then(
        () => process.exit(process.exitCode ?? 0),
        (fault: unknown) => {
          // What was not written is as after a kill.
          if (fault instanceof StoreError && fault.away) process.exit(process.exitCode ?? 0);
          log.error({ err: fault }, 'shutdown failed');
          process.exit(1);
        },
      );
    });
  return (given) => {
    stop = given;
  };
};

/**
 * Runs the bot until it is stopped: polls the price sources, posts to the configured platforms, serves the board.
 * @throws one-line errors for whatever a person has to fix before it can start.
 */
export const start = async (): Promise<void> => {
  const catalogue = loadCatalogue();
  const settings = readSettings(process.env, catalogue.languages);
  const log = await createLogger(settings.logLevel, settings.logFormat);
  const stopBy = stopOnSignal(log);
  const clock = createOwnClock(createHostNames(settings), log);
  const databaseUrl = inProject(settings.databaseUrl);
  await lockDatabase(databaseUrl, { log, onLost: endBy });
  const handlers = createDeferredHandlers(settings.language, (language) => catalogue.in(language).say('ask.starting'));
  const { questions, events, pendingReplies } = handlers;
  const { language } = settings;
  const { now, monotonic } = clock;
  const bot = { questions, events, pendingReplies, commands, catalogue, language, log, now, monotonic };
  const destinations = await destinationsOf(settings, bot);
  const general = generalInvitations();
  const app: App = await createApp({
    databaseUrl,
    onDamaged: endBy,
    board: settings.board,
    ...(settings.heartbeatUrl !== undefined && { heartbeatUrl: settings.heartbeatUrl }),
    pollMs: settings.pollSeconds * 1000,
    pollOutsideSessions: settings.pollOutsideSessions,
    language,
    timeZone: settings.timeZone,
    destinations,
    invitations: () => [...ownInvitations(destinations), ...general],
    source: (calendar) => createSources(settings, calendar, log),
    ...(settings.edgar && { edgar: edgarOf(settings.edgar, log) }),
    whenUnsure: settings.whenUnsure,
    clock: now,
    version: version(),
    botClock: clock,
    log,
    catalogue,
    handlers,
  });
  const waking = startScheduler(app.jobs, {
    now,
    mayRun: (job) => job === 'poll' || clock.isReady(),
    onFault: (job, fault) => {
      // Queries outside of a transaction reject with the database's own errors.
      const ofStore = app.store.faultOf(fault);
      // The store has logged that it is away; the job runs again in a second.
      if (ofStore?.away) return;
      if (ofStore) endBy(ofStore);
      log.error({ job, err: fault }, 'job failed');
    },
  });
  stopBy(async () => {
    waking.stop();
    await app.stop();
  });

  console.log(`Slidewatch is running. Board: ${app.boardUrl}`);
  const places = app.postingTo.join(' and ');
  console.log(
    places ? `Posting to ${places}.` : 'No platform is configured in .env: cards are shown on the board only.',
  );
  if (destinations.length === 0) {
    const chats = PLATFORM_KINDS.filter(({ domain }) => domain !== undefined);
    const names = chats.map(({ name }) => name).join(' or ');
    console.log(`To post to ${names}, see the README; npm run doctor checks what you set.`);
  }
  for (const invitation of ownInvitations(destinations)) console.log(invitationText(invitation));
  if (!settings.edgar) {
    // A database that is away by now is waited for by the jobs.
    const filed = await readFiledFacts(app.store.db).catch(() => []);
    console.log(`${noContactText([...app.facts, ...filed], newYorkDay(now()))}.`);
  }
  for (const name of app.waiting)
    console.log(
      `No channel on ${name} yet: type ${typedName('setup', name)} in the channel to post in, or set the channel in .env.`,
    );
};
