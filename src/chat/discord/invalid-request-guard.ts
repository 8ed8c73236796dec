/** Discord bans an IP address for 10,000 invalid requests in ten minutes; we stop at a fifth of that. */
const MAX_INVALID_REQUESTS = 2_000;
const WINDOW_MS = 10 * 60 * 1000;

/** Counts the requests of the last ten minutes that Discord treats as invalid. */
export interface InvalidRequestGuard {
  /** Records an answer; counts 401, 403, and 429 unless its scope is `shared`. */
  record(status: number, scope: string | null): void;
  /** Milliseconds until sending is safe again; 0 if it is now. */
  waitMs(): number;
}

/** `now` in epoch milliseconds. Rule: Discord's documentation, "Invalid Request Limit". */
export const createInvalidRequestGuard = (now: () => number): InvalidRequestGuard => {
  let times: number[] = [];
  return {
    record: (status, scope) => {
      if (status === 401 || status === 403 || (status === 429 && scope !== 'shared')) times.push(now());
    },
    waitMs: () => {
      const at = now();
      times = times.filter((time) => time > at - WINDOW_MS);
      const oldestOfLimit = times.at(-MAX_INVALID_REQUESTS);
      return oldestOfLimit === undefined ? 0 : oldestOfLimit + WINDOW_MS - at;
    },
  };
};
