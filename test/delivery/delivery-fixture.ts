import type { Card } from '../../src/cards/card.ts';
import { type Courier, type CourierParts, createCourier } from '../../src/delivery/courier.ts';
import { openChannel } from '../../src/store/channels.ts';
import { type EnqueueTimes, enqueueStory, lifetimeMs } from '../../src/store/outbox.ts';
import type { Store } from '../../src/store/store.ts';
import { writeStory } from '../../src/store/stories.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import type { Story } from '../../src/stories/story.ts';
import { silent } from '../../src/telemetry/log.ts';
import { drawdown, type Name, storyAt } from '../cards/stories.ts';
import { openTestStore } from '../store/temporary.ts';

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
  readonly status: string;
  readonly status_reason: string | null;
}

/** A store with channels and deliveries, and couriers on it at a clock that the test moves. */
export interface DeliveryFixture {
  readonly store: Store;
  now: number;
  /** Adds a channel; default: in English, set up by nobody. */
  addChannel(
    platform: string,
    address: string,
    more?: { language?: string; madeBy?: string; settings?: ChannelSettings },
  ): Promise<void>;
  /** Enqueues a slide of `symbol`, `percent` below its peak, for every channel; default: made and due now. */
  enqueueSlide(symbol: Name, times?: { made?: number; due?: number; percent?: number }): Promise<void>;
  /** Enqueues another kind of card, due now, for every channel; its title is the kind. */
  enqueueKind(kind: 'test' | 'digest'): Promise<void>;
  rows(): Promise<Row[]>;
  createCourier(platforms: CourierParts['platforms'], more?: Partial<CourierParts>): Courier;
}

const card = (title: string): Card => ({ kind: 'slide', tone: 'red', title, lead: [], sections: [], footer: [] });

/** Composes a card whose title lists the symbols of its stories. */
export const plainCompose: CourierParts['compose'] = async (stories) => ({
  card: card(stories.map(({ symbol }) => symbol).join(' ')),
});

export const createDeliveryFixture = async (): Promise<DeliveryFixture> => {
  const store = await openTestStore();
  const enqueueForChannels = async (story: number, kind: Story['kind'], times: EnqueueTimes) => {
    const channels = store.db.selectFrom('channels').select(['id', 'platform']).where('status', '=', 'in-use');
    const options = { ...times, kind, expiresAt: times.now + lifetimeMs(kind) };
    for (const channel of await channels.orderBy('id').execute()) await enqueueStory(store.db, channel, story, options);
  };
  const fixture: DeliveryFixture = {
    store,
    now: NOON,
    addChannel: async (platform, address, { settings, ...more } = {}) => {
      const stored = settings === undefined ? null : JSON.stringify(settings);
      await openChannel(store.db, { platform, address, language: 'en', settings: stored, ...more }, NOON);
    },
    enqueueSlide: async (symbol, { made = fixture.now, due = made, percent = 20 } = {}) => {
      const peak = { price: 100, session: '2024-07-10', sessions: 14 };
      const close = { symbol, session: '2024-07-30', close: 100 - percent, previous: 100, peak };
      const alert = drawdown(close, 252, 10);
      const story = storyAt(close, { alerts: [alert] });
      await enqueueForChannels(await writeStory(store.db, story, made), 'slide', { now: made, dueAt: due });
    },
    enqueueKind: async (kind) => {
      const { id } = await store.db
        .insertInto('stories')
        .values({ kind, symbol: kind, body: JSON.stringify({ kind, symbol: kind }), created_at: fixture.now })
        .returning('id')
        .executeTakeFirstOrThrow();
      await enqueueForChannels(id, kind, { now: fixture.now, dueAt: fixture.now });
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
          'c.status',
          'c.status_reason',
        ])
        .orderBy('d.id')
        .execute(),
    createCourier: (platforms, more = {}) =>
      createCourier({
        store,
        platforms,
        instance: 'abc123',
        compose: plainCompose,
        clock: () => fixture.now,
        random: () => 0,
        log: silent,
        ...more,
      }),
  };
  return fixture;
};
