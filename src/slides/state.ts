import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';

/** A level that one quote has reached and the next one has to confirm. */
export interface Pending {
  readonly level: number;
  /** Epoch milliseconds of the trade that reached it. */
  readonly tradeTime: number;
  /** The earliest trade that confirms it, epoch milliseconds; any other trade if absent. */
  readonly confirmedFrom?: number;
}

/**
 * State of one rule of one symbol. Levels disarm from the shallowest down and re-arm from the deepest up (a level re-arms
 * at half its depth, and half of a deeper level is deeper), so the disarmed ones are always the shallowest few, and the
 * deepest of them is the whole state.
 */
export interface Track {
  /** The deepest disarmed level; 0 if all are armed. */
  readonly disarmed: number;
  readonly pending?: Pending;
}

/** The deepest fall of the 252-session window since its last new high. */
export interface Fallen {
  /** The deepest level that fired, in basis points. */
  readonly level: number;
  /** Session of the peak the level was measured from. No price: a split changes it. */
  readonly peakSession: SessionDate;
}

/** State of the falls within minutes of one session. */
export interface WithinState {
  readonly session: SessionDate;
  /** Trade time and price: the prices that are higher than all after them, so they fall; at most one in 15 seconds. */
  readonly highs: readonly (readonly [number, Micros])[];
  /** By minutes; levels in basis points. */
  readonly tracks: Readonly<Record<number, Track>>;
}

/** State of the machine for one symbol. Plain data, stored as JSON. */
export interface SlideState {
  /** The last session whose final close was folded in. */
  readonly folded?: SessionDate;
  /** The session under way when watching began: its first quote sets the state without alerts. */
  readonly joined?: SessionDate;
  /** The session under way whose first quote has set the state so; if its closes are folded anew, the next quote does. */
  readonly primed?: SessionDate;
  /** By window in sessions; levels in basis points. */
  readonly drawdown: Readonly<Record<number, Track>>;
  /** Levels in billions of US dollars. */
  readonly value?: Track;
  /** Levels in basis points, fired in `session`. */
  readonly day?: Track & { readonly session: SessionDate };
  /** Absent if there is no such rule, and after the close. */
  readonly within?: WithinState;
  /** By `priceKey`; in the place of a level stands when the price was set, epoch milliseconds. */
  readonly prices?: Readonly<Record<string, Track>> | undefined;
  /** Of the rise from the low of 252 sessions; levels in basis points. Absent if there is no such rule. */
  readonly rise?: Track;
  /** Rises of the day: levels in basis points, fired in `session`. */
  readonly dayRise?: Track & { readonly session: SessionDate };
  /** Absent once a final close has been a new high of the window. */
  readonly fallen?: Fallen;
}

/** A track of which nothing has fired. */
export const ALL_ARMED: Track = { disarmed: 0 };

/** The `above` of an alert: the deepest level that was disarmed before it, if any. */
export const above = (disarmed: number) => (disarmed > 0 ? { above: disarmed } : {});

export const emptyState: SlideState = { drawdown: {} };

/** The crossings that wait for a second quote. */
export const pendingOf = ({ drawdown, value, day, within, prices, rise, dayRise }: SlideState): Pending[] =>
  [
    ...Object.values(drawdown),
    value,
    day,
    rise,
    dayRise,
    ...Object.values(within?.tracks ?? {}),
    ...Object.values(prices ?? {}),
  ].flatMap((track) => track?.pending ?? []);

/** The deeper of two falls; the first of equal ones. */
export const deeperFall = (a: Fallen | undefined, b: Fallen | undefined): Fallen | undefined =>
  (b?.level ?? 0) > (a?.level ?? 0) ? b : a;

/** A track with the deeper disarmed level of two, and nothing pending. */
export const deeperTrack = (a: Track | undefined, b: Track | undefined): Track => ({
  disarmed: Math.max(a?.disarmed ?? 0, b?.disarmed ?? 0),
});
