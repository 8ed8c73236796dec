import type { CardKind } from './card-kinds.ts';
import type { Pause } from './pause.ts';

/** Levels in basis points, ascending; an empty list turns the rule off. What is absent is as the watchlist has it. */
export interface OwnRules {
  /** By window in sessions. */
  readonly drawdown?: Readonly<Record<number, readonly number[]>>;
  readonly day?: readonly number[];
}

/** Who is pinged, and from which depth on. */
export interface Ping {
  /** The platform's own id: a role on Discord, a user group on Slack. */
  readonly id: string;
  /** Basis points below the peak, or of a day's fall; 0 = every alert. */
  readonly from: number;
}

/** Local time, `HH:MM` of 24 hours, in the channel's zone. */
export interface Quiet {
  readonly from: string;
  /** Earlier than `from`: the next morning. */
  readonly to: string;
}

export interface DigestTimes {
  /** Local time, `HH:MM`; absent: a quarter of an hour after the exchange's close. */
  readonly at?: string;
  /** 1 = Monday to 7 = Sunday, of the channel's zone; absent: every session. */
  readonly days?: readonly number[];
  /** One line on a weekday on which the exchange is closed. */
  readonly closedDays?: boolean;
}

/** What a channel has said for itself. Only differences from the defaults are in it, and only they are stored. */
export interface ChannelSettings {
  /** IANA name, such as Asia/Seoul. */
  readonly timeZone?: string;
  readonly kinds?: readonly CardKind[];
  /** Symbols of the watchlist that are left out here. */
  readonly without?: readonly string[];
  /** Symbols beside the watchlist. */
  readonly also?: readonly string[];
  /** By symbol; `*` for all that have none of their own. A rule left out falls to `*`, then to the watchlist. */
  readonly rules?: Readonly<Record<string, OwnRules>>;
  readonly ping?: Ping;
  readonly quiet?: Quiet;
  readonly digest?: DigestTimes;
}

/** How a channel came to be: named in .env, by `/setup`, or because the bot was invited into it. */
export type Origin = 'env' | 'setup' | 'invite';

/** A silence; `symbol` `*` is all of the channel. */
export interface Mute {
  readonly symbol: string;
  /** Epoch milliseconds. */
  readonly until: number;
  /** Alerts that it has held back so far. */
  readonly held: number;
}

/** A destination as its people see it. */
export interface Channel {
  readonly id: number;
  readonly platform: string;
  /** The platform's own id of the channel. */
  readonly address: string;
  /** The platform's own id of the server or workspace; absent for .env's channels until the platform has told it. */
  readonly workspace?: string;
  readonly language: string;
  readonly origin: Origin;
  /** The platform's id of whoever set it up. */
  readonly madeBy?: string;
  readonly settings: ChannelSettings;
  /** Why nothing can be posted there at the moment, and what a person has to do. */
  readonly paused?: Pause;
}
