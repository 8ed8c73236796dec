import type { Micros } from '../market/money.ts';
import type { PriceSide } from '../market/watchlist.ts';
import type { Lacks } from './lacks.ts';
import type { Pause } from './pause.ts';

/** Kinds of card that a channel may choose. `drawdown` includes market value lost; `bill` is what new figures change on it; `notice` is no data, and data again. */
export const CARD_KINDS = ['drawdown', 'day', 'figures', 'bill', 'recovery', 'digest', 'notice'] as const;
export type CardKind = (typeof CARD_KINDS)[number];

/**
 * Kinds of card that a channel gets by default. `bill` is among them because a channel that takes new figures wants to know
 * what they change, and that is a few times a quarter; one that has chosen its kinds keeps its choice.
 */
export const DEFAULT_KINDS: readonly CardKind[] = ['drawdown', 'day', 'figures', 'bill', 'digest'];

/** A price that a channel has set; it is off once it has been told. */
export interface OwnPrice {
  readonly price: Micros;
  readonly side: PriceSide;
  /** When it was set, epoch milliseconds. */
  readonly since: number;
}

/** A channel's own levels in basis points, ascending. An empty list turns a rule off; an absent one is the watchlist's. */
export interface OwnRules {
  /** By window in sessions. */
  readonly drawdown?: Readonly<Record<number, readonly number[]>>;
  readonly day?: readonly number[];
  /** Falls within so many minutes of a session, by minutes; the watchlist has none. */
  readonly within?: Readonly<Record<number, readonly number[]>>;
  /** Rises above the low of 252 sessions. */
  readonly rise?: readonly number[];
  /** Rises of one day. */
  readonly dayRise?: readonly number[];
  /** Of one symbol, each price once, ascending. */
  readonly price?: readonly OwnPrice[];
}

/** Who is pinged, and from which depth on. */
export interface Ping {
  /** The platform's own id of a role or a user group. */
  readonly id: string;
  /** Basis points below the peak, or of a day's fall; 0 for every alert. */
  readonly from: number;
}

/** Quiet hours in the channel's time zone, `HH:MM` of 24 hours. */
export interface Quiet {
  readonly from: string;
  /** If earlier than `from`, it is the next morning. */
  readonly to: string;
}

/** When a channel's digest is due. */
export interface DigestTimes {
  /** `HH:MM` in the channel's time zone; absent for 15 minutes after the exchange's close. */
  readonly at?: string;
  /** 1 = Monday to 7 = Sunday in the channel's time zone; absent for every session. */
  readonly days?: readonly number[];
  /** Whether a weekday without a session gets a digest of one line. */
  readonly closedDays?: boolean;
}

/** A channel's own settings: only what differs from the defaults, as it is stored. */
export interface ChannelSettings {
  /** IANA name, such as Asia/Seoul. */
  readonly timeZone?: string;
  readonly kinds?: readonly CardKind[];
  /** Symbols of the watchlist that the channel leaves out. */
  readonly without?: readonly string[];
  /** Symbols that the channel adds to the watchlist. */
  readonly also?: readonly string[];
  /** By symbol; `*` for all without rules of their own. An absent rule falls back to `*`, then to the watchlist. */
  readonly rules?: Readonly<Record<string, OwnRules>>;
  readonly ping?: Ping;
  readonly quiet?: Quiet;
  readonly digest?: DigestTimes;
  /** `false`: posted cards stay as they are. Default: what became of a slide is added to its card. */
  readonly edits?: false;
  /** `false`: no cards about falls after the bell. Default: with those about a day's falls. */
  readonly afterHours?: false;
}

/** How a channel was added: in .env, by `/setup`, or by an invitation. */
export type Origin = 'env' | 'setup' | 'invite';

/** A mute of one symbol, or of the whole channel if `symbol` is `*`. */
export interface Mute {
  readonly symbol: string;
  /** Epoch milliseconds. */
  readonly until: number;
  /** Alerts held back so far. */
  readonly held: number;
  /** Who muted, as the platform shows the person; absent if it did not say. */
  readonly by?: string;
}

/** A channel that cards are posted to. */
export interface Channel {
  readonly id: number;
  readonly platform: string;
  /** The platform's own id of the channel. */
  readonly address: string;
  /** The platform's own id of the server or workspace; absent for a channel of .env until the platform has reported it. */
  readonly workspace?: string;
  readonly language: string;
  readonly origin: Origin;
  /** The platform's own id of the person who set it up. */
  readonly madeBy?: string;
  readonly settings: ChannelSettings;
  /** Why nothing can be posted there now, and how to fix it. */
  readonly paused?: Pause;
  /** Parts of a card that are refused there. */
  readonly lacks?: Lacks;
}
