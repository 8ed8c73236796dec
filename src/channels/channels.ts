import type { PastAlert } from '../stories/alert.ts';
import type { Channel, ChannelSettings, Mute, Origin } from '../stories/channel.ts';

/** Where a channel is: the platform's name and its own id of the channel. */
export interface Place {
  readonly platform: string;
  readonly address: string;
}

/** Why a ticker cannot be watched. */
export type WatchRefusal =
  /** No source knows it. */
  | 'unknown'
  /** It trades at hours or in a currency that are not New York's. */
  | 'elsewhere'
  /** The source gives no answer at the moment. */
  | 'no-answer'
  /** So many others are watched already that one more is too many (`MOST_ALSO` in this room). */
  | 'too-many';

/**
 * The channels and what they have said for themselves. Every change is one transaction, checked as a whole before it
 * is written, and counts for the next observation.
 * @throws StoreError, and BadSettings for settings that cannot be: then nothing has changed.
 */
export interface Channels {
  /** Undefined where the place is no destination, or is one no longer. */
  at(place: Place): Promise<Channel | undefined>;
  /** Those in use of one server or workspace (all of the platform where none is named), in the order they were made. */
  of(platform: string, workspace?: string): Promise<readonly Channel[]>;
  /** Makes the place a destination, or one again; of one that is there, changes what is given. */
  open(
    place: Place,
    made: {
      readonly language: string;
      readonly origin: Origin;
      readonly workspace?: string;
      readonly madeBy?: string;
      readonly settings?: ChannelSettings;
    },
    now: number,
  ): Promise<Channel>;
  /** Ends a destination: nothing more is posted there. False where it was none. */
  close(place: Place, reason: string, now: number): Promise<boolean>;
  setLanguage(id: number, language: string): Promise<void>;
  /** What `change` returns is written without what equals the defaults. Returns the channel as it is then. */
  change(id: number, change: (settings: ChannelSettings) => ChannelSettings): Promise<Channel>;
  /** Watches a ticker in this channel; one that nobody watches yet is asked for at the source first. */
  watch(
    id: number,
    ticker: string,
    now: number,
  ): Promise<{ readonly symbol: string; readonly name: string } | WatchRefusal>;
  /** Stops watching; what no channel watches any more is asked for no more. False where it was not watched. */
  unwatch(id: number, symbol: string): Promise<boolean>;
  /** Silences that have not ended at `now`. */
  mutes(id: number, now: number): Promise<readonly Mute[]>;
  /** `symbol` `*` silences all. A longer silence takes the place of a shorter one, and the other way round. */
  mute(id: number, symbol: string, until: number, by: string, now: number): Promise<void>;
  /** Ends silences (all of them for `*`); returns those that ended, with what they held back. */
  unmute(id: number, symbol: string, now: number): Promise<readonly Mute[]>;
  /** What concerned this channel, newest first. */
  history(id: number, limit: number): Promise<readonly PastAlert[]>;
  /** Owes the channel a card that says that it is a test. */
  sendTest(id: number, now: number): Promise<void>;
}

/** Symbols beside the watchlist that all channels together may watch. */
export const MAX_ADDED_SYMBOLS = 200;
