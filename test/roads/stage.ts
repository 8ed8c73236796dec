import { onTestFinished } from 'vitest';
import { type App, createApp } from '../../src/app/app.ts';
import type { AppOptions } from '../../src/app/options.ts';
import type { Platform } from '../../src/chat/platform.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { createYahoo } from '../../src/market/sources/yahoo/index.ts';
import { silent } from '../../src/telemetry/log.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { startYahooDouble, type YahooDouble } from '../doubles/yahoo/index.ts';
import { onceDatabase } from '../store/temporary.ts';
import { type Market, playMarket } from './market.ts';

export const calendar = loadCalendar();

/** A simulation: a market on Yahoo's double, a clock, and the real bot on both. */
export interface Stage {
  readonly yahoo: YahooDouble;
  readonly market: Market;
  readonly clock: () => number;
  /** Whether `runJobs` also runs the digest job; false unless a test sets it. */
  digests: boolean;
  /** Sets the clock without running anything. */
  set(now: number): void;
  /** Starts the bot at the clock's time; stops it after the test. */
  start(platform?: Platform, channelId?: string, options?: Partial<AppOptions>): Promise<App>;
  /** Sets the clock and runs every job of the bot once; the digest job only if `digests` is set. */
  runJobs(app: App, now: number): Promise<void>;
  /** Trades, up to the bell, and runs the jobs every minute up to `until`; calls `each` before the minute's trades. */
  run(app: App, until: number, each?: (now: number) => void): Promise<void>;
}

/** Makes a simulation with the clock at `now`. */
export const stage = async (now: number): Promise<Stage> => {
  let instant = now;
  const yahoo = await startYahooDouble({ now: () => instant });
  onTestFinished(() => yahoo.close());
  const market = playMarket(yahoo, calendar);
  const clock = () => instant;

  const runJobs: Stage['runJobs'] = async (app, when) => {
    instant = when;
    for (const job of app.jobs) if (job.name !== 'digest' || it.digests) await job.run(when);
  };
  const it: Stage = {
    digests: false,
    yahoo,
    market,
    clock,
    set: (when) => {
      instant = when;
    },
    start: async (platform, channelId = '', options = {}) => {
      const app = await createApp({
        databaseUrl: options.databaseUrl ?? (await onceDatabase()),
        board: { host: '127.0.0.1', port: 0 },
        pollMs: MINUTE_MS,
        pollOutsideSessions: false,
        language: 'en',
        destinations: platform ? [{ platform, channelId }] : [],
        source: async () => createYahoo({ url: yahoo.url, log: silent, wait: async () => {}, random: () => 0 }),
        clock,
        log: silent,
        ...options,
      });
      onTestFinished(() => app.stop());
      return app;
    },
    runJobs,
    run: async (app, until, each) => {
      while (instant < until) {
        const next = instant + MINUTE_MS;
        each?.(next);
        // The last trade is the closing auction's, which a source shows a moment after the bell.
        if (calendar.isOpen(next) || calendar.isOpen(next - 2 * MINUTE_MS)) market.trade(next);
        await runJobs(app, next);
      }
    },
  };
  return it;
};
