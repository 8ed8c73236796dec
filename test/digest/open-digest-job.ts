import type { Channels } from '../../src/channels/channels.ts';
import { createChannels } from '../../src/channels/channels.ts';
import { openRegistry } from '../../src/channels/registry.ts';
import { createDigestJob } from '../../src/digest/digest-job.ts';
import { createDigestService } from '../../src/digest/digest-service.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import type { Bar } from '../../src/market/bar.ts';
import type { Calendar, SessionDate } from '../../src/market/calendar.ts';
import { createHistories, type Histories } from '../../src/market/history.ts';
import { createMutableWatchlist } from '../../src/market/mutable-watchlist.ts';
import { type Source, SourceError } from '../../src/market/source.ts';
import type { PiecewiseJob } from '../../src/schedule/piecewise-job.ts';
import type { Store } from '../../src/store/store.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import type { DigestStory } from '../../src/stories/digest-story.ts';
import { silent } from '../../src/telemetry/log.ts';
import { catalogue } from '../cards/stories.ts';
import { ZONE } from '../channels/open-channels.ts';
import { storedDeliveries } from '../store/inspect.ts';
import { openTestStore } from '../store/temporary.ts';
import { calendar, companies, watchlist } from './digests.ts';

/** Made-up closes of every session from `from` to `to`: each symbol swings slowly, and no two are alike. */
export const madeUpHistories = (of: Calendar, from: SessionDate, to: SessionDate): Histories => {
  const sessions: SessionDate[] = [];
  for (let day = of.next(from); day <= to; day = of.next(day)) sessions.push(day);
  const histories = createHistories(watchlist);
  const own = [...watchlist.symbols.values()].filter(({ sumOf }) => !sumOf);
  for (const [place, { symbol }] of own.entries()) {
    const bars = sessions.map((session, n): Bar => {
      const price = Math.round((200 + 20 * Math.sin(n / (5 + place)) + 3 * Math.sin(n * (place + 1))) * 1e6);
      return { session, open: price, high: price, low: price, close: price, volume: 1_000 };
    });
    histories.set(symbol, bars, []);
  }
  return histories;
};

/** The year 2026 and the days before it. */
export const year = madeUpHistories(calendar, '2025-12-15', '2026-12-31');

/** The histories of `year` up to a session; symbols in `missing` lack that session. */
export const upTo = (last: () => SessionDate, missing: () => readonly string[] = () => []): Pick<Histories, 'bars'> => {
  const kept = new Map<string, readonly Bar[]>();
  return {
    bars: (symbol) => {
      const end = last();
      const key = `${symbol} ${end}`;
      const bars = kept.get(key) ?? year.bars(symbol).filter(({ session }) => session <= end);
      kept.set(key, bars);
      return missing().includes(symbol) && bars.at(-1)?.session === end ? bars.slice(0, -1) : bars;
    },
  };
};

/** The digest job needs no figures. */
const emptyLedger = createLedger([]);

const noAnswer = async (): Promise<never> => {
  throw new SourceError('nobody', 'unreachable', 'nobody is asked here');
};
const noSource: Source = { name: 'nobody', quotes: noAnswer, history: noAnswer };

export interface TestDigestJob {
  readonly store: Store;
  readonly channels: Channels;
  readonly job: PiecewiseJob;
  /** The outcome of every digest that was due, oldest first. */
  readonly counted: string[];
  /** Creates a channel with these settings; returns its id. */
  channel(address: string, settings: ChannelSettings, now: number): Promise<number>;
  /** Ends the simulated process: only the database remains. */
  close(): Promise<void>;
}

/** The digest job on a database, as after a start. */
export const openTestDigestJob = async ({
  url,
  histories,
}: {
  url?: string;
  histories: Pick<Histories, 'bars'>;
}): Promise<TestDigestJob> => {
  const store = await openTestStore(url);
  const live = createMutableWatchlist(watchlist);
  const { languages } = catalogue;
  const registry = await openRegistry({
    store,
    watchlist: live,
    timeZone: ZONE,
    languages,
    language: 'en',
    log: silent,
  });
  const channels = createChannels({ store, watchlist: live, registry, source: noSource });
  const counted: string[] = [];
  const job = createDigestJob({
    store,
    watchlist,
    timeZone: ZONE,
    rules: registry.effectiveRules,
    calendar,
    service: createDigestService({
      watchlist,
      calendar,
      histories,
      ledger: () => emptyLedger,
      companies,
      db: store.db,
      sourceName: 'yahoo',
    }),
    log: silent,
    onEnqueued: (late) => void counted.push(late ? 'late' : 'told'),
    onSkipped: (why) => void counted.push(why),
  });
  return {
    store,
    channels,
    job,
    counted,
    channel: async (address, settings, now) =>
      (await channels.open({ platform: 'discord', address }, { language: 'en', origin: 'setup', settings }, now)).id,
    close: async () => {
      await job.stop();
      await store.close();
    },
  };
};

export interface EnqueuedDigest {
  readonly address: string;
  readonly day: string;
  readonly at: number;
  readonly story: DigestStory;
}

/** The enqueued digests, oldest first. */
export const enqueuedDigests = async ({ store }: Pick<TestDigestJob, 'store'>): Promise<EnqueuedDigest[]> => {
  const digests = (await storedDeliveries(store.db)).filter(({ kind }) => kind === 'digest');
  return digests.map(({ address, body, createdAt }) => {
    const story = JSON.parse(body) as DigestStory;
    return { address, day: story.of === 'closed' ? story.day : story.session, at: createdAt, story };
  });
};
