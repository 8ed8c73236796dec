import type { Card } from '../../src/cards/card.ts';
import { type Courier, type CourierParts, createCourier } from '../../src/delivery/courier.ts';
import { isInUse, openChannel } from '../../src/store/channels.ts';
import { type EnqueueTimes, enqueueStory } from '../../src/store/outbox.ts';
import type { Store } from '../../src/store/store.ts';
import { writeStory } from '../../src/store/stories.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import type { Story } from '../../src/stories/story.ts';
import { STORY_KINDS } from '../../src/stories/story-kinds.ts';
import { silent } from '../../src/telemetry/log.ts';
import { drawdown, type Name, storyAt } from '../cards/stories.ts';
import { addBareStory, type StoredDelivery, storedChannels, storedDeliveries } from '../store/inspect.ts';
import { openTestStore } from '../store/temporary.ts';

export const NOON = Date.parse('2024-07-30T16:00:00Z');
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

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
  rows(): Promise<StoredDelivery[]>;
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
    const channels = (await storedChannels(store.db)).filter(isInUse);
    const options = { ...times, kind, expiresAt: times.now + STORY_KINDS[kind].lifeMs };
    for (const channel of channels) await enqueueStory(store.db, channel, story, options);
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
      const id = await addBareStory(store.db, kind, fixture.now);
      await enqueueForChannels(id, kind, { now: fixture.now, dueAt: fixture.now });
    },
    rows: () => storedDeliveries(store.db),
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
