const FIRST_DELAY_MS = 2_000;
const MAX_DELAY_MS = 5 * 60_000;

/** Milliseconds before try number `attempts` + 1: doubling from two seconds to five minutes, half of it by chance. */
export const deliveryBackoff = (attempts: number, random: () => number): number => {
  const full = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempts - 1, 20));
  return full / 2 + (full / 2) * random();
};
