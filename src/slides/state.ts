import type { SessionDate } from '../market/calendar.ts';

/** A level that one quote has reached and that the next one has to confirm. */
export interface Pending {
  readonly level: number;
  /** Epoch milliseconds of the trade that reached it. */
  readonly tradeTime: number;
}

/**
 * Where one rule of one symbol stands. Levels disarm from the shallowest down and arm again from the deepest up
 * (a level arms again at half its depth, and half of a deeper level is deeper), so the disarmed ones are always
 * the first few, and the deepest of them says it all. 0 = all armed.
 */
export interface Track {
  readonly disarmed: number;
  readonly pending?: Pending;
}

/** The deepest fall of the year's window since its last new high. */
export interface Fallen {
  /** The deepest level that fired, in basis points. */
  readonly level: number;
  /** Of the peak that it was measured from. No price: that changes with a split. */
  readonly peakSession: SessionDate;
}

/** What the machine remembers of one symbol. Plain data, stored as JSON. */
export interface SlideState {
  /** The last session whose final close was folded in. */
  readonly folded?: SessionDate;
  /** The session that was under way when watching began: its first quote only sets the state. */
  readonly joined?: SessionDate;
  /** By window in sessions. */
  readonly drawdown: Readonly<Record<number, Track>>;
  /** Levels are billions of US dollars. */
  readonly value?: Track;
  /** `disarmed` is the deepest level told in `session`. */
  readonly day?: Track & { readonly session: SessionDate };
  /** Absent once a final close has been a new high of the window. */
  readonly fallen?: Fallen;
}

export const emptyState: SlideState = { drawdown: {} };
