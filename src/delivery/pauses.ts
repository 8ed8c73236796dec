const MINUTE = 60_000;
/** A paused channel is tried again after so long at first, then twice as long after the pause began, at most hourly. */
const FIRST_MS = 10 * MINUTE;
const MOST_MS = 60 * MINUTE;
/**
 * Tries of all paused channels of a platform. Each is a refusal, and Discord bans whoever is refused 10,000 times in
 * ten minutes: these are three hundred in that time, and twice as many where many are paused at once.
 */
const TRIES_A_MINUTE = 30;

/**
 * Milliseconds until a paused channel is tried again; `pausedFor` it has been already, `others` are paused on the
 * platform, too, and take turns with it.
 */
export const pauseMs = (pausedFor: number, others: number, random: () => number): number => {
  const own = Math.min(MOST_MS, Math.max(FIRST_MS, pausedFor));
  const turn = (others / TRIES_A_MINUTE) * MINUTE;
  return Math.round(Math.max(own, turn) * (1 + random() / 5));
};
