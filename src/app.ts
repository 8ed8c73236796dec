import { join } from 'node:path';
import { startBoard } from './board/board.ts';
import { createLiveView } from './board/live-view.ts';
import { type Catalogue, loadCatalogue } from './cards/catalogue.ts';
import { createBoardPlatform } from './chat/board/board-platform.ts';
import { type Platform, PlatformError } from './chat/platform.ts';
import { root } from './config-file.ts';
import { createComposer } from './delivery/compose.ts';
import { createCourier } from './delivery/courier.ts';
import { createLedger } from './facts/ledger.ts';
import { loadFacts } from './facts/load.ts';
import { loadRelations } from './facts/load-relations.ts';
import type { Logger } from './log.ts';
import type { Calendar } from './market/calendar.ts';
import { loadCalendar } from './market/load-calendar.ts';
import type { Source } from './market/source.ts';
import { loadWatchlist } from './market/watchlist.ts';
import { createMetrics } from './metrics.ts';
import type { Job } from './schedule/wake.ts';
import { openChannel, retireOthers } from './store/channels.ts';
import { instanceOf } from './store/meta.ts';
import { openStore, type Store } from './store/store.ts';
import { createWatcher, type Watcher } from './watch/watcher.ts';

/** A platform with the channel that .env names. */
export interface Destination {
  readonly platform: Platform;
  readonly channelId: string;
}

export interface AppOptions {
  readonly databaseUrl: string;
  readonly board: { readonly host: string; readonly port: number };
  readonly pollMs: number;
  readonly pollOutsideSessions: boolean;
  readonly language: string;
  readonly destinations: readonly Destination[];
  readonly source: (calendar: Calendar) => Promise<Source>;
  readonly clock: () => number;
  readonly log: Logger;
}

export interface App {
  readonly catalogue: Catalogue;
  readonly calendar: Calendar;
  readonly watcher: Watcher;
  readonly store: Store;
  readonly boardUrl: string;
  /** What is to be woken, in the order of the road: the market first, then the courier. */
  readonly jobs: readonly Job[];
  /** Stops in order: nothing new is begun, what is in flight ends, then the platforms, the board and the store close. */
  stop(): Promise<void>;
}

const BOARD_CHANNEL = 'local';

/** Starts the platforms that can be; a platform that needs a person is told of and left out. */
const startAll = async (destinations: readonly Destination[], log: Logger): Promise<Destination[]> => {
  const faults: PlatformError[] = [];
  const started = await Promise.all(
    destinations.map(async (destination) => {
      try {
        await destination.platform.start();
        return [destination];
      } catch (error) {
        if (!(error instanceof PlatformError)) throw error;
        faults.push(error);
        return [];
      }
    }),
  );
  const [first] = faults;
  if (first && faults.length === destinations.length) {
    for (const { platform } of destinations) await platform.stop();
    throw new PlatformError(faults.map(({ message }) => message).join('\n'), { cause: first });
  }
  for (const { message } of faults) log.error({ reason: message }, 'platform is left out');
  return started.flat();
};

const startChannels = async (
  store: Store,
  started: readonly Destination[],
  configured: readonly Destination[],
  language: string,
  now: number,
): Promise<void> => {
  await store.transaction(async (db) => {
    for (const name of ['discord', 'slack', 'terminal']) {
      const own = configured.filter(({ platform }) => platform.name === name);
      await retireOthers(
        db,
        name,
        own.map(({ channelId }) => channelId),
      );
    }
    for (const { platform, channelId } of started)
      await openChannel(db, { platform: platform.name, address: channelId, language }, now);
    await openChannel(db, { platform: 'board', address: BOARD_CHANNEL, language }, now);
  });
};

/**
 * Builds the bot from its parts: reads the configuration, opens the store, starts the platforms and the board.
 * Nothing runs by itself after that: `jobs` are functions of now.
 * @throws ConfigError, FactsError, CatalogueError, StoreError, PlatformError, BoardError: one line each.
 */
export const createApp = async (options: AppOptions): Promise<App> => {
  const { log, clock, language } = options;
  const watchlist = loadWatchlist();
  const calendar = loadCalendar();
  const catalogue = loadCatalogue();
  const ledger = createLedger(loadFacts(join(root, 'config/facts')));
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
    const metrics = createMetrics();
    const watcher = await createWatcher(
      {
        watchlist,
        calendar,
        source,
        store,
        ledger,
        relations,
        log,
        pollMs: options.pollMs,
        pollOutsideSessions: options.pollOutsideSessions,
        onRefused: metrics.refusedQuote,
        onAlert: metrics.alert,
      },
      clock(),
    );
    const started = await startAll(options.destinations, log);
    undo.push(() => Promise.all(started.map(({ platform }) => platform.stop())));
    await startChannels(store, started, options.destinations, language, clock());

    const boardPlatform = createBoardPlatform();
    const courier = createCourier({
      store,
      platforms: [...started.map(({ platform }) => platform), boardPlatform],
      instance: await instanceOf(store.db),
      compose: createComposer(catalogue, log),
      clock,
      log,
      onOutcome: metrics.delivery,
    });
    const view = createLiveView({
      store,
      watchlist,
      calendar,
      watcher,
      courier,
      catalogue,
      metrics,
      sourceName: source.name,
      platforms: options.destinations.map(({ platform }) => platform.name),
      clock,
    });
    const board = await startBoard({ ...options.board, view, log, language });
    undo.push(() => board.close());
    undo.push(() => courier.stop());
    boardPlatform.onPosted(() => board.changed());

    let polledAt = Number.NEGATIVE_INFINITY;
    const poll = async (now: number): Promise<void> => {
      if (now < polledAt + options.pollMs && now >= polledAt) return;
      polledAt = now;
      metrics.poll();
      await watcher.poll(now);
      board.changed();
    };
    return {
      catalogue,
      calendar,
      watcher,
      store,
      boardUrl: board.url,
      jobs: [
        { name: 'poll', run: poll },
        { name: 'courier', run: courier.run },
      ],
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
