import { onTestFinished } from 'vitest';
import type { Card } from '../../src/cards/card.ts';
import { oweAll } from '../../src/channels/owe.ts';
import { type Courier, type CourierParts, createCourier } from '../../src/delivery/courier.ts';
import { silent } from '../../src/log.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { openChannel } from '../../src/store/channels.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { drawdown, type Name, storyAt } from '../cards/stories.ts';

export const NOON = Date.parse('2024-07-30T16:00:00Z');
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

export interface Row {
  readonly symbol: string;
  readonly platform: string;
  readonly address: string;
  readonly state: string;
  readonly batch: number | null;
  readonly attempts: number;
  readonly maybe_posted: number;
  readonly due_at: number;
  readonly reason: string | null;
  readonly message_id: string | null;
  readonly retired: string | null;
}

/** A store with channels and deliveries, and couriers on it at a clock that the test moves. */
export interface Desk {
  readonly store: Store;
  now: number;
  channel(platform: string, address: string): Promise<void>;
  /** A slide of `symbol`, `percent` below its peak, owed to every channel; made and due at the clock's time unless told. */
  owe(symbol: Name, times?: { made?: number; due?: number; percent?: number }): Promise<void>;
  rows(): Promise<Row[]>;
  courier(platforms: CourierParts['platforms'], more?: Partial<CourierParts>): Courier;
}

const everybody = { watchlist: loadWatchlist(), timeZone: 'America/New_York' };

const card = (title: string): Card => ({ kind: 'slide', tone: 'red', title, lead: [], sections: [], footer: [] });

/** The card that says which stories it tells. */
export const plainCompose: CourierParts['compose'] = async (stories) => ({
  card: card(stories.map(({ symbol }) => symbol).join(' ')),
});

export const createDesk = async (): Promise<Desk> => {
  const store = await openStore('sqlite::memory:');
  onTestFinished(() => store.close());
  const desk: Desk = {
    store,
    now: NOON,
    channel: async (platform, address) => {
      await openChannel(store.db, { platform, address, language: 'en' }, NOON);
    },
    owe: async (symbol, { made = desk.now, due = made, percent = 20 } = {}) => {
      const peak = { price: 100, session: '2024-07-10', sessions: 14 };
      const close = { symbol, session: '2024-07-30', close: 100 - percent, previous: 100, peak };
      const alert = drawdown(close, 252, 10);
      await oweAll(
        store.db,
        everybody,
        storyAt(close, { alerts: [alert] }),
        { wanted: 'drawdown' },
        { now: made, dueAt: due },
      );
    },
    rows: () =>
      store.db
        .selectFrom('deliveries as d')
        .innerJoin('channels as c', 'c.id', 'd.channel_id')
        .innerJoin('stories as s', 's.id', 'd.story_id')
        .select([
          's.symbol',
          'c.platform',
          'c.address',
          'd.state',
          'd.batch',
          'd.attempts',
          'd.maybe_posted',
          'd.due_at',
          'd.reason',
          'd.message_id',
          'c.retired',
        ])
        .orderBy('d.id')
        .execute(),
    courier: (platforms, more = {}) =>
      createCourier({
        store,
        platforms,
        instance: 'abc123',
        compose: plainCompose,
        clock: () => desk.now,
        random: () => 0,
        log: silent,
        ...more,
      }),
  };
  return desk;
};
