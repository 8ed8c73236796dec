import type { AwayReason, Disconnection } from '../stories/platforms.ts';
import type { Logger } from '../telemetry/log.ts';
import { MINUTE_MS } from '../util/durations.ts';

/** A connection that has been away for so long is said once more, as an error. */
const ERROR_AFTER_MS = 10 * MINUTE_MS;

/** Since when and why nothing arrives from a platform. */
export interface ConnectionState {
  up(): void;
  /** Not connected: with the latest reason. Said as an error after ten minutes. */
  down(why: AwayReason): void;
  get(): Disconnection | undefined;
}

/** `now`: the bot's time, epoch milliseconds. */
export const createConnectionState = (platform: string, now: () => number, log: Logger): ConnectionState => {
  let state: Disconnection | undefined;
  let said = false;
  return {
    up: () => {
      if (state && said) log.info({ awayMs: now() - state.since }, `${platform} is connected again`);
      state = undefined;
      said = false;
    },
    down: (why) => {
      const at = now();
      // A time ahead of ours is from before the clock was set back.
      const since = state === undefined ? at : Math.min(state.since, at);
      state = { since, ...why };
      if (said || at - since < ERROR_AFTER_MS) return;
      said = true;
      log.error(
        { reason: why.reason, since: new Date(since) },
        `${platform} has not been connected for 10 minutes: cards are still posted`,
      );
    },
    get: () => state,
  };
};
