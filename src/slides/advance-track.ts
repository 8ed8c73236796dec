import { isRecovered } from '../market/compare.ts';
import type { Micros } from '../market/money.ts';
import type { Pending, Track } from './state.ts';

export interface TrackStep {
  readonly track: Track;
  /** The level that fired; 0 for none. */
  readonly fired: number;
}

/** When a price was traded, and what confirms it; as in `Observation`. */
interface TrackTimes {
  readonly final: boolean;
  readonly tradeTime: number;
  readonly confirmedFrom?: number;
}

/**
 * One step of one rule: re-arms down to `stillDisarmed`, then fires the level that is `reached`. A final close fires at
 * once; a quote fires what the quote before it had reached as well, if its trade is new enough to confirm that, and else
 * leaves it pending.
 */
export const advanceTrack = (
  track: Track,
  { final, tradeTime, confirmedFrom }: TrackTimes,
  stillDisarmed: number,
  reached: number,
): TrackStep => {
  if (reached <= stillDisarmed) {
    const unchanged = track.disarmed === stillDisarmed && track.pending === undefined;
    return { track: unchanged ? track : { disarmed: stillDisarmed }, fired: 0 };
  }
  if (final) return { track: { disarmed: reached }, fired: reached };
  const pending: Pending = { level: reached, tradeTime, ...(confirmedFrom !== undefined && { confirmedFrom }) };
  const before = track.pending;
  if (before === undefined || before.tradeTime === tradeTime || tradeTime < (before.confirmedFrom ?? 0))
    return { track: { disarmed: stillDisarmed, pending: before ?? pending }, fired: 0 };
  const confirmed = Math.min(before.level, reached);
  if (confirmed <= stillDisarmed) return { track: { disarmed: stillDisarmed, pending }, fired: 0 };
  return { track: { disarmed: confirmed, ...(reached > confirmed && { pending }) }, fired: confirmed };
};

/** The farthest of the disarmed levels that does not re-arm, as by `isRecovered` for falls; 0 for none. */
export const deepestStillDisarmed = (
  disarmed: number,
  price: Micros,
  reference: Micros,
  levels: readonly number[],
  isBack: typeof isRecovered = isRecovered,
): number => {
  let deepest = 0;
  for (const level of levels) {
    if (level > disarmed || isBack(price, reference, level)) break;
    deepest = level;
  }
  return deepest;
};
