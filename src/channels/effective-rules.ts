import type { Rules } from '../market/watchlist.ts';
import type { CardKind, ChannelSettings } from '../stories/channel.ts';
import type { DigestProfile } from './digest-key.ts';

/**
 * The rules of all channels, grouped: a poll looks at these and never at a channel, so it costs the same for ten
 * channels and for a hundred thousand. Kept in memory, changed with every channel.
 */
export interface EffectiveRules {
  /**
   * What the machine runs with for a symbol: the watchlist's rules and every channel's, in one. The same object until
   * it changes.
   */
  union(symbol: string): Rules;
  /** Every set of rules that a channel has for the symbol, each once; the watchlist's own is the first of them. */
  profiles(symbol: string): readonly Rules[];
  /** What channels want to be posted, each set of kinds once; that of one that says nothing is the first of them. */
  kinds(): readonly (readonly CardKind[])[];
  /** When digests are due, each set of times once. */
  digests(): readonly DigestProfile[];
  /** Custom symbols that a channel watches. */
  also(): ReadonlySet<string>;
  /** How many channels watch a custom symbol. */
  watchers(symbol: string): number;
  /** `count` channels of these settings are there; one, unless told. */
  add(settings: ChannelSettings, count?: number): void;
  remove(settings: ChannelSettings): void;
  /** Another number whenever one of the above may answer otherwise than before. */
  version(): number;
}
