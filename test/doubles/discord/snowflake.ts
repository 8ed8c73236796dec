/** Discord's epoch, 2015-01-01, in Unix milliseconds. */
const EPOCH = 1_420_070_400_000n;

/** Makes ids that grow, and that hold the time they were made at. */
export const createSnowflakes = (now: () => number): (() => string) => {
  let last = 0n;
  return () => {
    const next = (BigInt(now()) - EPOCH) << 22n;
    last = next > last ? next : last + 1n;
    return last.toString();
  };
};
