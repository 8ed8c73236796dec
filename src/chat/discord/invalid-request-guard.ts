/** Discord bans an IP address for 10,000 invalid requests in ten minutes; we stop at a fifth of that. */
const MAX_INVALID_REQUESTS = 2_000;
const WINDOW_MS = 10 * 60 * 1000;

/** How long nothing is sent where a ban names no time: less than anything waits that asks again. */
const UNNAMED_BAN_MS = 80_000;

/** Counts the requests of the last ten minutes that Discord treats as invalid, and knows of a ban of the address. */
export interface InvalidRequestGuard {
  /** Records an answer; counts 401, 403, and 429 unless its scope is `shared`. */
  record(status: number, scope: string | null): void;
  /** The address is banned, for `ms` milliseconds if that was named. */
  ban(ms: number | undefined): void;
  /** Milliseconds until a ban is over; 0 if there is none. */
  bannedMs(): number;
  /** Milliseconds until sending is safe again; 0 if it is now. */
  waitMs(): number;
}

/** `now` in epoch milliseconds. Rule: Discord's documentation, "Invalid Request Limit". */
export const createInvalidRequestGuard = (now: () => number): InvalidRequestGuard => {
  let times: number[] = [];
  let bannedUntil = Number.NEGATIVE_INFINITY;
  const bannedMs = (): number => Math.max(0, bannedUntil - now());
  return {
    ban: (ms = UNNAMED_BAN_MS) => {
      bannedUntil = Math.max(bannedUntil, now() + ms);
    },
    bannedMs,
    record: (status, scope) => {
      if (status === 401 || status === 403 || (status === 429 && scope !== 'shared')) times.push(now());
    },
    waitMs: () => {
      const at = now();
      times = times.filter((time) => time > at - WINDOW_MS);
      const oldestOfLimit = times.at(-MAX_INVALID_REQUESTS);
      return Math.max(bannedMs(), oldestOfLimit === undefined ? 0 : oldestOfLimit + WINDOW_MS - at);
    },
  };
};
