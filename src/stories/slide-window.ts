import { MINUTE_MS } from '../util/durations.ts';

/** A slide waits this long for the others of its pass, milliseconds. */
export const GATHER_MS = 3_000;
const SHUT_MS = 2 * MINUTE_MS;
const BUSY_SHUT_MS = 5 * MINUTE_MS;
/** Longest wait of a slide in a channel that nothing else holds back. */
export const LONGEST_GATHER_MS = BUSY_SHUT_MS + GATHER_MS;
/** A channel is busy from so many messages in so much time on, until it has been quiet for as long. */
const BUSY_MESSAGES = 4;
const BUSY_SPAN_MS = 15 * MINUTE_MS;

/** When a channel gets its next slides: after each of their messages it is shut for a while, and what comes then is gathered. */
export interface SlideWindow {
  /** When the last messages with slides were taken, epoch milliseconds, oldest first; four at most. */
  readonly taken: readonly number[];
  readonly busy: boolean;
}

export const OPEN_WINDOW: SlideWindow = { taken: [], busy: false };

/** The window after a message that is taken at `now`, and until when it is shut. Times that lie ahead do not count. */
export const shutWindow = (
  before: SlideWindow,
  now: number,
): { readonly window: SlideWindow; readonly until: number } => {
  const past = before.taken.filter((at) => at <= now && at > now - BUSY_SPAN_MS);
  const taken = [...past, now].slice(-BUSY_MESSAGES);
  const busy = taken.length >= BUSY_MESSAGES || (before.busy && past.length > 0);
  return { window: { taken, busy }, until: now + (busy ? BUSY_SHUT_MS : SHUT_MS) };
};
