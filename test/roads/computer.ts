import { onTestFinished } from 'vitest';
import type { App } from '../../src/app/app.ts';
import type { AppOptions } from '../../src/app/options.ts';
import type { Outcome, Platform } from '../../src/chat/platform.ts';
import { type BotClock, clockOffText, createBotClock } from '../../src/clock/bot-clock.ts';
import { listenToDates } from '../../src/clock/date-headers.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { calendar, type Stage } from './stage.ts';

/** A card that the platform has taken. */
export interface TakenCard {
  readonly key: string;
  readonly title: string;
  /** The world's time, epoch milliseconds. */
  readonly at: number;
}

/** A computer with a clock that can be set, on a stage whose clock is the world's. */
export interface Computer {
  readonly databaseUrl: string;
  /** What the bot posts to. */
  readonly platform: Platform;
  readonly taken: readonly TakenCard[];
  /** What was said about the clock. */
  readonly said: readonly string[];
  /** How far the computer's clock is ahead of the world's, milliseconds. */
  aheadMs: number;
  /** What the platform answers to each posting of a card; undefined: it takes it. */
  answer: (attempt: number) => Outcome | undefined;
  /** Starts the bot, as a new process. */
  start(options?: Partial<AppOptions>): Promise<App>;
  /** Wakes the bot every half minute up to the world's time `until`; calls `each` before each minute. */
  run(app: App, until: number, each?: (now: number) => void): Promise<void>;
}

/** Makes a computer; `databaseUrl` outlives its processes. `hears`: whether answers tell it the time. */
export const computerOn = (world: Stage, databaseUrl: string, { hears = true } = {}): Computer => {
  const taken: TakenCard[] = [];
  const said: string[] = [];
  const attempts = new Map<string, number>();
  let clock: BotClock | undefined;
  const platform: Platform = {
    name: 'terminal',
    start: async () => {},
    post: async ({ key, card }) => {
      const attempt = (attempts.get(key) ?? 0) + 1;
      attempts.set(key, attempt);
      const outcome = it.answer(attempt);
      if (outcome && outcome.kind !== 'sent') return outcome;
      taken.push({ key, title: card.title, at: world.clock() });
      return { kind: 'sent', messageId: String(taken.length) };
    },
    stop: async () => {},
  };
  const it: Computer = {
    ...{ databaseUrl, platform, taken, said, aheadMs: 0 },
    answer: () => undefined,
    start: async (options = {}) => {
      const own = createBotClock({
        wall: () => world.clock() + it.aheadMs,
        monotonic: world.clock,
        onSet: (aheadMs) => void said.push(`set ${aheadMs > 0 ? 'forward' : 'back'}`),
        onOff: (off) => void said.push(off ? clockOffText(off) : 'right'),
      });
      clock = own;
      const isYahoo = (origin: string) => origin === new URL(world.yahoo.url).origin;
      onTestFinished(listenToDates((origin) => (hears && isYahoo(origin) ? 'Yahoo' : undefined), own.hear));
      return world.start(platform, 'here', { databaseUrl, clock: own.now, botClock: own, ...options });
    },
    run: async (app, until, each) => {
      while (world.clock() < until) {
        const next = Math.min(until, world.clock() + MINUTE_MS / 2);
        if (next % MINUTE_MS === 0) {
          each?.(next);
          if (calendar.isOpen(next) || calendar.isOpen(next - 2 * MINUTE_MS)) world.market.trade(next);
        }
        world.set(next);
        for (const job of app.jobs) await job.run(clock?.now() ?? next);
      }
    },
  };
  return it;
};
