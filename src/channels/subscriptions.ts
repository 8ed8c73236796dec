import type { Store } from '../store/store.ts';
import {
  countSubscribers,
  deleteEnded,
  endSubscriptions,
  type PersonKey,
  readSubscriptions,
  writeSubscription,
} from '../store/subscriptions.ts';
import type { Channel } from '../stories/channel.ts';
import type { Subscription } from '../stories/subscription.ts';
import { DAY_MS } from '../util/durations.ts';

/** A subscription ends by itself after this long, unless its person renews it. */
export const SUBSCRIPTION_DAYS = 180;
/** Subscriptions of one person on a platform. */
export const MAX_PER_PERSON = 20;
/** People who subscribe to one symbol in one channel: each alert is a direct message to each of them. */
export const MAX_PER_SYMBOL = 200;

/** What a press of the button has done. Times in epoch milliseconds. */
export interface Begun {
  readonly expiresAt: number;
  /** Whether it was there already, and is renewed. */
  readonly again: boolean;
  /** Why the last direct message to this person was refused, if it was. */
  readonly refusal?: Subscription['refusal'];
}

/**
 * People's wishes for a direct message with each alert of a symbol in a channel. They change no settings, and everybody may
 * have them. @throws StoreError
 */
export interface Subscriptions {
  /** A person's subscriptions in all channels, oldest first. */
  of(person: PersonKey, now: number): Promise<readonly Subscription[]>;
  /** Subscribes a person, or renews the subscription; or says which limit is reached. */
  begin(
    channel: Channel,
    wish: { readonly person: string; readonly symbol: string; readonly language: string },
    now: number,
  ): Promise<Begun | 'too-many' | 'too-many-here'>;
  /** Ends a person's subscriptions to a symbol in all channels, or to all for `*`. Returns how many there were. */
  end(person: PersonKey, symbol: string): Promise<number>;
}

export const createSubscriptions = (store: Store): Subscriptions => ({
  of: async (person, now) => (await readSubscriptions(store.db, person, now)).filter(({ ended }) => !ended),
  begin: (channel, { person, symbol, language }, now) =>
    store.transaction(async (db) => {
      const { id: channelId, platform } = channel;
      const own = await readSubscriptions(db, { platform, person }, now);
      const before = own.find((it) => it.channelId === channelId && it.symbol === symbol);
      const active = own.filter(({ ended }) => !ended);
      const again = before !== undefined && !before.ended;
      if (!again && active.length >= MAX_PER_PERSON) return 'too-many';
      if (!again && (await countSubscribers(db, channelId, symbol, now)) >= MAX_PER_SYMBOL) return 'too-many-here';
      const expiresAt = now + SUBSCRIPTION_DAYS * DAY_MS;
      await deleteEnded(db, { platform, person });
      await writeSubscription(db, { channelId, platform, person, symbol, language, expiresAt }, now);
      // What was refused for another symbol or channel was refused to the same person.
      const refusal = before?.refusal ?? own.findLast((it) => it.refusal)?.refusal;
      return { expiresAt, again, ...(refusal && { refusal }) };
    }),
  end: (person, symbol) => store.transaction((db) => endSubscriptions(db, person, symbol)),
});
