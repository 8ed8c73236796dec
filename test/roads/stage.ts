import { onTestFinished } from 'vitest';
import { type App, createApp } from '../../src/app/app.ts';
import type { AppOptions } from '../../src/app/options.ts';
import type { Platform } from '../../src/chat/platform.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { createYahoo } from '../../src/market/sources/yahoo/index.ts';
import { silent } from '../../src/telemetry/log.ts';
import { startYahooDouble, type YahooDouble } from '../doubles/yahoo/index.ts';
import { type Market, MINUTE, playMarket } from './market.ts';

export const calendar = loadCalendar();

/** A simulated world: a market on Yahoo's double, a clock, and the real bot on both. */
export interface Stage {
  readonly yahoo: YahooDouble;
  readonly market: Market;
  readonly clock: () => number;
  /** True where days are told of as well: a road of its own, which the others leave out. */
  digests: boolean;
  /** Sets the clock, and nothing else. */
  set(now: number): void;
  /** Starts the bot at the clock's time; it is stopped after the test. */
  start(platform?: Platform, channelId?: string, options?: Partial<AppOptions>): Promise<App>;
  /** Wakes every job of the bot once, at this time; that of the digests only where `digests` is set. */
  wake(app: App, now: number): Promise<void>;
  /** Trades and wakes every minute, from the clock's time to `until`; `each` comes before the minute's trades. */
  run(app: App, until: number, each?: (now: number) => void): Promise<void>;
}

/** A stage; the clock stands at `now`. */
export const stage = async (now: number): Promise<Stage> => {
  const yahoo = await startYahooDouble();
  onTestFinished(() => yahoo.close());
  const market = playMarket(yahoo, calendar);
  let instant = now;
  const clock = () => instant;

  const wake: Stage['wake'] = async (app, when) => {
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
        databaseUrl: 'sqlite::memory:',
        board: { host: '127.0.0.1', port: 0 },
        pollMs: MINUTE,
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
    wake,
    run: async (app, until, each) => {
      while (instant < until) {
        const next = instant + MINUTE;
        each?.(next);
        if (calendar.isOpen(next)) market.trade(next);
        await wake(app, next);
      }
    },
  };
  return it;
};
