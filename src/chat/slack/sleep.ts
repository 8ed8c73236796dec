import { MINUTE_MS } from '../../util/durations.ts';

export { type Sleep, sleep } from '../sleep.ts';

const FIRST_MS = 1_000;
const LONGEST_MS = MINUTE_MS;

/**
 * Milliseconds to wait before try `attempt` (1 = the first retry): doubling from one second to a minute, of which a
 * random half is taken off, so that many bots do not come back in step. `random` is in [0, 1).
 */
export const reconnectBackoff = (attempt: number, random: () => number): number => {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.round(full * (1 - random() / 2));
};
