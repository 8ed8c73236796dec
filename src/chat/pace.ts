import { sleep as realSleep, type Sleep } from './sleep.ts';

/** A second, and what two requests may come closer together on their way. */
const WINDOW_MS = 1_015;
/** After the platform has asked for less, so long until it is given one more a second. */
const RECOVERY_MS = 5_000;

export interface PaceOptions {
  /** Requests a second; at least 1. */
  readonly perSecond: number;
  /** Milliseconds of a clock that is never set back; the process's own by default. */
  readonly now?: () => number;
  readonly sleep?: Sleep;
}

/** Spaces requests, so that no second holds more than so many of them. */
export interface Pace {
  /** Resolves when one more request may go out, or the signal is aborted. */
  turn(signal: AbortSignal): Promise<void>;
  /** The platform found it too much: a tenth less from now on, given back bit by bit. */
  slower(): void;
}

/** Turns are given in the order in which they are asked for; after a pause they may follow each other at once. */
export const createPace = ({ perSecond, now = () => performance.now(), sleep = realSleep }: PaceOptions): Pace => {
  /** When the last turns are or were, oldest first; at most `perSecond`. */
  const turns: number[] = [];
  let least = perSecond;
  let slowedAt = Number.NEGATIVE_INFINITY;
  const limit = (at: number): number =>
    Math.min(perSecond, least + Math.max(0, Math.floor((at - slowedAt) / RECOVERY_MS)));
  return {
    turn: async (signal) => {
      const asked = now();
      const before = turns.at(-limit(asked));
      const at = Math.max(asked, turns.at(-1) ?? asked, before === undefined ? asked : before + WINDOW_MS);
      turns.push(at);
      if (turns.length > perSecond) turns.shift();
      if (at > asked) await sleep(at - asked, signal);
    },
    slower: () => {
      const at = now();
      least = Math.max(1, Math.floor(limit(at) * 0.9));
      slowedAt = at;
    },
  };
};
