import { DatabaseSync } from 'node:sqlite';
import { threadId } from 'node:worker_threads';
import type { KyselyPlugin } from 'kysely';
import { buildAnswers } from '../../src/app/build-answers.ts';
import { buildChannels } from '../../src/app/build-channels.ts';
import { buildDelivery } from '../../src/app/build-delivery.ts';
import { buildJobs } from '../../src/app/build-jobs.ts';
import { buildMarket } from '../../src/app/build-market.ts';
import { buildStore } from '../../src/app/build-store.ts';
import type { Config } from '../../src/app/config.ts';
import { createShutdown } from '../../src/app/shutdown.ts';
import type { Channels } from '../../src/channels/channels.ts';
import { createSubscriptions, type Subscriptions } from '../../src/channels/subscriptions.ts';
import type { Platform } from '../../src/chat/platform.ts';
import type { BotClock } from '../../src/clock/bot-clock.ts';
import type { EdgarClient } from '../../src/facts/edgar/client.ts';
import type { Fact } from '../../src/facts/fact.ts';
import type { Source } from '../../src/market/source.ts';
import type { Job } from '../../src/schedule/scheduler.ts';
import { addProposals, decideProposal, readProposals } from '../../src/store/proposals.ts';
import type { Store } from '../../src/store/store.ts';
import type { Logger } from '../../src/telemetry/log.ts';

/** The bot of a simulation: the app's parts but for the board's web page. */
export interface Bot {
  readonly jobs: readonly Job[];
  readonly channels: Channels;
  readonly subscriptions: Subscriptions;
  /** Confirms guidance, as the command line does in another process. */
  confirm(guidance: Fact, now: number): Promise<void>;
  /** For the simulation to look into. */
  readonly db: Store['db'];
  stop(): Promise<void>;
}

export interface BotParts {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly source: Source;
  readonly platforms: readonly Platform[];
  readonly pollMs: number;
  readonly clock: () => number;
  readonly botClock: BotClock;
  readonly random: () => number;
  readonly log: Logger;
  /** Called before and after each statement; a promise that is never settled ends the bot there. */
  readonly beforeStatement: () => void;
  readonly afterStatement: () => Promise<void>;
  /** Called after each transaction, likewise. */
  readonly afterCommit: () => Promise<void>;
}

/** The store, whose every statement asks the simulation. */
const watched = (store: Store, { beforeStatement, afterStatement, afterCommit }: BotParts): Store => {
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      beforeStatement();
      return node;
    },
    transformResult: async ({ result }) => {
      await afterStatement();
      return result;
    },
  };
  const db = store.db.withPlugin(plugin);
  return {
    ...store,
    db,
    transaction: async (work) => {
      const result = await db.transaction().execute(work);
      await afterCommit();
      return result;
    },
  };
};

/** An EDGAR that has nothing. */
const NO_FILINGS: EdgarClient = {
  submissions: async () => [],
  concept: async () => undefined,
  document: async () => undefined,
  filedText: async () => undefined,
};

/** Builds the bot on ports of a simulation. Starts no timers: its jobs are functions of now. */
export const buildBot = async (parts: BotParts): Promise<Bot> => {
  const { config, source, platforms, databaseUrl, pollMs, clock, botClock, random, log } = parts;
  const shutdown = createShutdown();
  const context = {
    options: {
      ...{ databaseUrl, pollMs, clock, botClock, random, log, language: 'en', pollOutsideSessions: false },
      board: { host: '', port: 0 },
      destinations: platforms.map((platform) => ({ platform })),
      source: async () => source,
      drawChart: async () => new Uint8Array(),
      edgar: async () => NO_FILINGS,
    },
    ...{ timeZone: 'America/New_York', config, source, shutdown },
  };
  const opened = await buildStore(context);
  const stored = { ...context, ...opened, store: watched(opened.store, parts) };
  const addressed = { ...stored, ...(await buildChannels(stored)) };
  const watching = { ...addressed, ...(await buildMarket(addressed)) };
  const delivering = { ...watching, ...(await buildDelivery(watching)) };
  const answering = { ...delivering, ...buildAnswers(delivering) };
  const board = { url: '', changed: () => undefined, close: async () => undefined };
  const { jobs, stopJobs } = await buildJobs({ ...answering, board, isWell: async () => true });
  shutdown.add(stopJobs, answering.stopDelivery);
  return {
    jobs,
    channels: answering.channels,
    subscriptions: createSubscriptions(stored.store),
    confirm: (guidance, now) =>
      stored.store.transaction(async (db) => {
        const isKnown = (await readProposals(db)).some(({ fact }) => fact.id === guidance.id);
        if (!isKnown) await addProposals(db, [{ fact: guidance, sentence: 'We expect.' }], now);
        const open = (await readProposals(db, { state: 'open' })).find(({ fact }) => fact.id === guidance.id);
        if (open) await decideProposal(db, open, { by: 'Ada', at: now, accepted: guidance });
      }),
    db: opened.store.db,
    stop: shutdown.stop,
  };
};

/** A database in memory that outlives the bots that open it one after the other. */
export interface SharedDatabase {
  /** SQLite's, and the bot's DATABASE_URL. */
  readonly name: string;
  readonly url: string;
  close(): void;
}

let shared = 0;

/** Makes a database like `template`, which is empty of all but tables. Without one, it is really empty. */
export const shareDatabase = (template?: DatabaseSync): SharedDatabase => {
  shared += 1;
  const name = `file:simulation-${threadId}-${shared}?mode=memory&cache=shared`;
  const keeper = new DatabaseSync(name);
  if (template) template.exec(`VACUUM INTO '${name}'`);
  return { name, url: `sqlite:${name}`, close: () => keeper.close() };
};
