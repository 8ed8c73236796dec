import type { ChannelSettings } from '../../src/channels/settings.ts';
import { createDigestDesk } from '../../src/digest/digest-desk.ts';
import { createDigestJob, type DigestJob } from '../../src/digest/digest-job.ts';
import type { DigestStory } from '../../src/digest/digest-story.ts';
import { silent } from '../../src/log.ts';
import type { Bar } from '../../src/market/bar.ts';
import type { Calendar, SessionDate } from '../../src/market/calendar.ts';
import { createHistories, type Histories } from '../../src/market/history.ts';
import { openRoom, type Room, ZONE } from '../channels/room.ts';
import { calendar, ledger, watchlist } from './digests.ts';

/** Closes of every session from `from` to `to`, made up: each symbol swings slowly, and no two are alike. */
export const madeUp = (of: Calendar, from: SessionDate, to: SessionDate): Histories => {
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

/** The year 2026 and half of the year before. */
export const year = madeUp(calendar, '2025-07-01', '2026-12-31');

/** What is known of them up to a session; `missing` has none of that session itself. */
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

export interface Clockwork {
  readonly room: Room;
  readonly job: DigestJob;
  readonly counted: string[];
  /** Makes a channel that wants its digest like this; returns its id. */
  channel(address: string, settings: ChannelSettings, now: number): Promise<number>;
}

/** The digest job over the channels of a database. */
export const openClockwork = async ({
  path,
  histories,
}: {
  path?: string;
  histories: Pick<Histories, 'bars'>;
}): Promise<Clockwork> => {
  const room = await openRoom(path === undefined ? {} : { path });
  const { store, registry } = room;
  const counted: string[] = [];
  const job = createDigestJob({
    store,
    watchlist,
    timeZone: ZONE,
    rules: registry.book,
    calendar,
    desk: createDigestDesk({ watchlist, calendar, histories, ledger: () => ledger, db: store.db, sourceName: 'yahoo' }),
    log: silent,
    onTold: (late) => void counted.push(late ? 'late' : 'told'),
    onSkipped: (why) => void counted.push(why),
  });
  return {
    room,
    job,
    counted,
    channel: async (address, settings, now) =>
      (await room.channels.open({ platform: 'discord', address }, { language: 'en', origin: 'setup', settings }, now))
        .id,
  };
};

export interface Owed {
  readonly address: string;
  readonly day: string;
  readonly at: number;
  readonly story: DigestStory;
}

/** The digests that are owed, oldest first. */
export const digestsOwed = async ({ store }: Pick<Room, 'store'>): Promise<Owed[]> => {
  const rows = await store.db
    .selectFrom('deliveries as d')
    .innerJoin('channels as c', 'c.id', 'd.channel_id')
    .innerJoin('stories as s', 's.id', 'd.story_id')
    .select(['c.address', 's.body', 'd.created_at'])
    .where('s.kind', '=', 'digest')
    .orderBy('d.id')
    .execute();
  return rows.map(({ address, body, created_at }) => {
    const story = JSON.parse(body) as DigestStory;
    return { address, day: story.of === 'closed' ? story.day : story.session, at: created_at, story };
  });
};
