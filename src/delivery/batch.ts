import type { Owed } from '../store/deliveries.ts';

/** Milliseconds in which slides of several symbols count as one fall. */
export const TOGETHER_MS = 2 * 60_000;
/** So many symbols within that time are one roll-up card. */
const ROLL_UP = 3;

export interface Batch {
  /** Deliveries whose stories the card tells; one, or three and more. */
  readonly told: readonly Owed[];
  /** Deliveries that a later one of the same symbol, in this batch, tells better. */
  readonly merged: readonly Owed[];
}

/**
 * What goes out as one card, of the deliveries of one channel that came within two minutes of the first (oldest
 * first): of each symbol the last, since a later crossing is the deeper; three symbols or more in one roll-up, fewer
 * each by itself, so the first alone.
 */
export const batchOf = (owed: readonly Owed[]): Batch => {
  const [first] = owed;
  if (!first) return { told: [], merged: [] };
  const last = new Map(owed.map((it) => [it.symbol, it]));
  const told = [...last.values()];
  if (told.length >= ROLL_UP) return { told, merged: owed.filter((it) => !told.includes(it)) };
  const own = owed.filter(({ symbol }) => symbol === first.symbol);
  return { told: own.slice(-1), merged: own.slice(0, -1) };
};
