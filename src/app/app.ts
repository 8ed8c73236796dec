import { join } from 'node:path';
import { createQuestionHandler } from '../../commands/ask.ts';
import { commands } from '../../commands/index.ts';
import type { Questions } from '../../commands/questions.ts';
import { startBoard } from '../board/board.ts';
import type { Channels } from '../channels/channels.ts';
import { createChannels } from '../channels/create-channels.ts';
import { openEnvChannels } from '../channels/env-channels.ts';
import { createPlatformEvents } from '../channels/platform-events.ts';
import { openRegistry } from '../channels/registry.ts';
import { createBoardPlatform } from '../chat/board/board-platform.ts';
import type { DeferredHandlers } from '../chat/deferred-handlers.ts';
import { createComposer } from '../delivery/compose.ts';
import { createCourier } from '../delivery/courier.ts';
import { createDigestJob } from '../digest/digest-job.ts';
import { createDigestService } from '../digest/digest-service.ts';
import type { EdgarCache } from '../facts/edgar/cache.ts';
import type { EdgarClient } from '../facts/edgar/client.ts';
import { createFactStore } from '../facts/fact-store.ts';
import { loadFacts } from '../facts/load.ts';
import { loadRelations } from '../facts/load-relations.ts';
import { type Catalogue, loadCatalogue } from '../i18n/catalogue.ts';
import type { Calendar } from '../market/calendar.ts';
import { loadCalendar } from '../market/load-calendar.ts';
import { createMutableWatchlist } from '../market/mutable-watchlist.ts';
import type { Source } from '../market/source.ts';
import { loadWatchlist } from '../market/watchlist.ts';
import { createFanOutJob } from '../outbox/fan-out-job.ts';
import { createQuietJob } from '../outbox/quiet-job.ts';
import { createRefreshJob } from '../refresh/refresh-job.ts';
import { createReportDaysJob } from '../refresh/report-days-job.ts';
import { createPollThrottle } from '../schedule/poll-throttle.ts';
import type { Job } from '../schedule/scheduler.ts';
import { createUpkeepJob } from '../schedule/upkeep-job.ts';
import { storedAnswers } from '../store/edgar-answers.ts';
import { readFiledFacts } from '../store/filed-facts.ts';
import { writeJobRun } from '../store/job-runs.ts';
import { instanceOf } from '../store/meta.ts';
import { queueLength } from '../store/queue-length.ts';
import { openStore, type Store } from '../store/store.ts';
import type { WhenUnsure } from '../store/unconfirmed.ts';
import type { Logger } from '../telemetry/log.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { root } from '../util/read-config.ts';
import { createWatcher, type Watcher } from '../watch/watcher.ts';
import { createBoardView } from './create-board-view.ts';
import { createCommandContext } from './create-command-context.ts';
import { createPendingReplies } from './pending-replies.ts';
import { type Destination, startPlatforms } from './start-platforms.ts';

export interface AppOptions {
  readonly databaseUrl: string;
  readonly board: { readonly host: string; readonly port: number };
  readonly pollMs: number;
  readonly pollOutsideSessions: boolean;
  readonly language: string;
  /** IANA name of the zone of channels that name none; New York's unless told. */
  readonly timeZone?: string;
  readonly destinations: readonly Destination[];
  readonly source: (calendar: Calendar) => Promise<Source>;
  /** Where new quarters come from; absent where nobody may be asked. */
  readonly edgar?: (cache: EdgarCache) => Promise<EdgarClient>;
  readonly clock: () => number;
  readonly log: Logger;
  /** What becomes of a card of which nobody can tell whether it arrived; it is sent again unless told. */
  readonly whenUnsure?: WhenUnsure;
  /** Opened when the bot can answer. */
  readonly door?: DeferredHandlers;
}

export interface App {
  readonly catalogue: Catalogue;
  readonly calendar: Calendar;
  readonly watcher: Watcher;
  readonly channels: Channels;
  readonly store: Store;
  readonly boardUrl: string;
  /** The platforms that cards go to, by name; those left out are not among them. */
  readonly postingTo: readonly string[];
  /** Those of them that have no channel yet. */
  readonly waiting: readonly string[];
  /** What is to be woken, in the order of the road: the market first, then a courier for each platform. */
  readonly jobs: readonly Job[];
  /** Stops in order: nothing new is begun, what is in flight ends or is given up, then platforms, board and store close. */
  stop(): Promise<void>;
}

/** What a platform has to answer in while we stop; its message is looked for at the next start otherwise. */
const STOP_GRACE_MS = 5_000;

/**
 * Builds the bot from its parts: reads the configuration, opens the store, starts the platforms and the board.
 * Nothing runs by itself after that: `jobs` are functions of now.
 * @throws ConfigError, FactsError, CatalogueError, StoreError, PlatformError, BoardError: one line each.
 */
export const createApp = async (options: AppOptions): Promise<App> => {
  const { log, clock, language, timeZone = 'America/New_York' } = options;
  const watchlist = createMutableWatchlist(loadWatchlist());
  const calendar = loadCalendar();
  const catalogue = loadCatalogue();
  const shelf = loadFacts(join(root, 'config/facts'));
  const relations = loadRelations();
  if (!calendar.covers(calendar.dayOf(clock())))
    log.warn('config/calendar.yaml ends before today: holidays and early closes are not known any more; add them');

  const source = await options.source(calendar);
  const store = await openStore(options.databaseUrl);
  const undo: (() => Promise<unknown>)[] = [() => store.close()];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const metrics = createMetrics(() => queueLength(store.db));
    const books = createFactStore(shelf, await readFiledFacts(store.db));
    const registry = await openRegistry({ store, watchlist, timeZone, languages: catalogue.languages, language, log });
    const channels = createChannels({ store, watchlist, registry, source });
    const watcher = await createWatcher(
      {
        watchlist,
        rules: registry.book,
        timeZone,
        calendar,
        source,
        store,
        ledger: books.ledger,
        relations,
        log,
        pollMs: options.pollMs,
        pollOutsideSessions: options.pollOutsideSessions,
        onHistory: async ({ failed, had, ...look }) => {
          const result = failed === undefined ? { counts: { symbols: had } } : { failed };
          await writeJobRun(store.db, {
            name: 'history',
            ranAt: look.now,
            tookMs: look.tookMs,
            result,
            nextAt: look.nextAt,
          });
        },
        onRefused: metrics.refusedQuote,
        onAlert: metrics.alert,
      },
      clock(),
    );
    const { destinations: started, leftOut } = await startPlatforms(options.destinations, log);
    let stopped: Promise<unknown> | undefined;
    const stopPlatforms = () => {
      stopped ??= Promise.all(started.map(({ platform }) => platform.stop()));
      return stopped;
    };
    undo.push(stopPlatforms);
    const named = options.destinations.map(({ platform, channelId }) => ({
      platform: platform.name,
      started: !leftOut.has(platform.name),
      ...(channelId !== undefined && { address: channelId }),
    }));
    await openEnvChannels(registry, named, language, clock());
    const waiting: string[] = [];
    for (const { platform } of started)
      if ((await channels.of(platform.name)).length === 0) waiting.push(platform.name);

    const boardPlatform = createBoardPlatform();
    const { compose, draw } = createComposer(catalogue, log);
    const courier = createCourier({
      store,
      platforms: [...started.map(({ platform }) => platform), boardPlatform],
      instance: await instanceOf(store.db),
      compose,
      clock,
      log,
      catalogue,
      timeZone,
      ...(options.whenUnsure !== undefined && { whenUnsure: options.whenUnsure }),
      onOutcome: metrics.delivery,
      onGone: registry.retired,
    });
    const platformStates = () =>
      options.destinations.map(({ platform: { name } }) => {
        const detail = leftOut.get(name) ?? courier.down().get(name);
        return detail === undefined ? { name, state: 'on' } : { name, state: 'down', detail };
      });
    const digests = createDigestService({
      watchlist,
      calendar,
      histories: watcher.memory.histories,
      ledger: books.ledger,
      db: store.db,
      sourceName: source.name,
    });
    const context = createCommandContext({
      channels,
      digest: digests.latest,
      timeZone,
      catalogue,
      watchlist,
      calendar,
      watcher,
      books,
      relations,
      store,
      sourceName: source.name,
      platforms: platformStates,
    });
    const questions: Questions = {
      ...createQuestionHandler({ context, commands, now: clock, log, language }),
      picture: ({ card }) => draw(card),
    };
    options.door?.open({
      questions,
      events: createPlatformEvents({ registry, catalogue, language, log, now: clock }),
      pendingReplies: createPendingReplies(store, log, clock),
    });
    const view = createBoardView({
      store,
      watchlist,
      calendar,
      watcher,
      catalogue,
      metrics,
      sourceName: source.name,
      platforms: platformStates,
      clock,
    });
    const board = await startBoard({ ...options.board, view, log, language });
    undo.push(() => board.close());
    undo.push(async () => {
      await courier.stop(STOP_GRACE_MS);
      await stopPlatforms();
      await courier.stop(STOP_GRACE_MS);
    });
    boardPlatform.onPosted(() => board.changed());

    const client = await options.edgar?.(storedAnswers(store.db));
    const scheduled = [
      ...(client ? [createRefreshJob({ store, client, books, watchlist, timeZone, calendar, log })] : []),
      ...(source.reportDay ? [createReportDaysJob({ store, source, watchlist, calendar, log })] : []),
      createUpkeepJob({ store, watchlist, log }),
    ];
    for (const { stop: end } of scheduled) undo.push(end);
    const poll = createPollThrottle(options.pollMs, async (now) => {
      metrics.poll();
      await watcher.poll(now);
      board.changed();
    });
    undo.push(poll.stop);
    const fanOut = createFanOutJob({ store, watchlist, timeZone });
    undo.push(fanOut.stop);
    const digest = createDigestJob({
      store,
      watchlist,
      timeZone,
      rules: registry.book,
      calendar,
      service: digests,
      log,
      onTold: (late) => metrics.digest(late ? 'late' : 'told'),
      onSkipped: metrics.digest,
    });
    undo.push(digest.stop);
    const quiet = createQuietJob({ store, timeZone });
    undo.push(quiet.stop);
    return {
      catalogue,
      calendar,
      watcher,
      channels,
      store,
      boardUrl: board.url,
      postingTo: started.map(({ platform }) => platform.name),
      waiting,
      jobs: [{ name: 'poll', run: poll.run }, digest, fanOut, quiet, ...courier.jobs, ...scheduled],
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
