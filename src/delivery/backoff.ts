const FIRST_MS = 2_000;
const MOST_MS = 5 * 60_000;

/** Milliseconds before try number `attempts` + 1: doubling from two seconds to five minutes, half of it by chance. */
export const backoff = (attempts: number, random: () => number): number => {
  const full = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 20));
  return full / 2 + (full / 2) * random();
};
