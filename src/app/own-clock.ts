import { type BotClock, clockOffText, createBotClock } from '../clock/bot-clock.ts';
import { listenToDates } from '../clock/date-headers.ts';
import type { Logger } from '../telemetry/log.ts';
import { MINUTE_MS } from '../util/durations.ts';

/** A wait for the first answer to tell the time. */
const FIRST_ANSWER_MS = MINUTE_MS;

/** The bot's clock in this process. */
export interface OwnClock extends BotClock {
  /** Milliseconds of a clock that is never set. */
  readonly monotonic: () => number;
  /**
   * Whether what depends on the time may be done: an answer has told the time, or none has for a minute. A clock that is
   * ahead at the start would end what it ought to deliver.
   */
  isReady(): boolean;
}

/** Makes the bot's clock of the computer's and of what the answers to this process's requests say; see `BotClock`. */
export const createOwnClock = (nameOf: (origin: string) => string | undefined, log: Logger): OwnClock => {
  const monotonic = () => performance.now();
  const clock = createBotClock({
    onSet: (aheadMs) =>
      log.warn({ aheadMs: Math.round(aheadMs) }, `this computer's clock was set ${aheadMs > 0 ? 'forward' : 'back'}`),
    onOff: (off) => {
      if (off) log.warn({ aheadMs: Math.round(off.aheadMs) }, clockOffText(off));
      else log.info("this computer's clock is right again");
    },
  });
  const startedAt = monotonic();
  listenToDates(nameOf, clock.hear);
  return { ...clock, monotonic, isReady: () => clock.hasHeard() || monotonic() - startedAt > FIRST_ANSWER_MS };
};
