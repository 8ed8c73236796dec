/** Discord bans an address for 10,000 of these in ten minutes; we stop at a fifth of it. */
const MOST_INVALID = 2_000;
const WINDOW_MS = 10 * 60 * 1000;

/** Counts the answers that Discord counts against us, over the last ten minutes. */
export interface Guard {
  /** Takes note of an answer; counts 401, 403, and 429 unless its scope is `shared`. */
  saw(status: number, scope: string | null): void;
  /** Milliseconds until sending is safe again; 0 where it is now. */
  waitMs(): number;
}

/** `now` in epoch milliseconds. Rule: Discord's documentation, "Invalid Request Limit". */
export const createGuard = (now: () => number): Guard => {
  let times: number[] = [];
  return {
    saw: (status, scope) => {
      if (status === 401 || status === 403 || (status === 429 && scope !== 'shared')) times.push(now());
    },
    waitMs: () => {
      const at = now();
      times = times.filter((time) => time > at - WINDOW_MS);
      const leaving = times.at(-MOST_INVALID);
      return leaving === undefined ? 0 : leaving + WINDOW_MS - at;
    },
  };
};
