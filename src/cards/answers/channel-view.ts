import type { Translator } from '../../i18n/catalogue.ts';
import type { Watchlist } from '../../market/watchlist.ts';
import type { Channel, Mute } from '../../stories/channel.ts';

/** A channel as an answer tells of it. Times in epoch milliseconds. */
export interface ChannelView {
  readonly words: Translator;
  readonly watchlist: Watchlist;
  readonly channel: Channel;
  /** The channel's own zone, or the one of all channels that name none. */
  readonly timeZone: string;
  readonly now: number;
  /** Those in force. */
  readonly mutes: readonly Mute[];
  /** When its next digest is due; absent where it gets none. */
  readonly nextDigest?: number;
}
