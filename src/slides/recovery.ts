import type { Recovery } from '../stories/alert.ts';
import type { Closes } from './series.ts';
import type { Fallen } from './state.ts';

/** The end of a fall; undefined where there was none, or where the close that it fell from is on record no more. */
export const recoveryFrom = (
  fallen: Fallen | undefined,
  { symbol, session, price }: Pick<Recovery, 'symbol' | 'session' | 'price'>,
  { sessions, closes }: Closes,
): Recovery | undefined => {
  if (fallen === undefined) return undefined;
  const { level, peakSession } = fallen;
  const peak = closes[sessions.lastIndexOf(peakSession)];
  return peak === undefined ? undefined : { symbol, session, price, level, peak, peakSession };
};
