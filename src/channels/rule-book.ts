import type { Rules } from '../market/watchlist.ts';
import type { DigestProfile } from './digest-key.ts';
import type { ChannelSettings } from './settings.ts';

/**
 * The rules of all channels, grouped: a poll looks at these and never at a channel, so it costs the same for ten
 * channels and for a hundred thousand. Kept in memory, changed with every channel.
 */
export interface RuleBook {
  /** What the machine runs with for a symbol: the watchlist's rules and every channel's, in one. */
  union(symbol: string): Rules;
  /** Every set of rules that a channel has for the symbol, each once; the watchlist's own is always among them. */
  profiles(symbol: string): readonly Rules[];
  /** When digests are due, each set of times once. */
  digests(): readonly DigestProfile[];
  /** Custom symbols that a channel watches. */
  also(): ReadonlySet<string>;
  add(settings: ChannelSettings): void;
  remove(settings: ChannelSettings): void;
  /** Another number after every change. */
  version(): number;
}
