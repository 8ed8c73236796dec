import { join } from 'node:path';
import { type App, createApp } from '../../src/app/app.ts';
import { readClosesOfAll } from '../../src/market/csv/closes-of-all.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { createRecorded } from '../../src/market/sources/recorded/index.ts';
import { silent } from '../../src/telemetry/log.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { root } from '../../src/util/read-config.ts';

/** The bot on recorded prices, at a time that moves only by `close`. */
export interface RecordedApp {
  readonly app: App;
  /** The evening of a session: its closes are final, and its cards are out. */
  close(session: string): Promise<void>;
}

/** The bot on the evening before 24 July 2024, with closes since 2015 and the board as its only channel. */
export const openRecordedApp = async (): Promise<RecordedApp> => {
  const samples = join(root, 'config/samples');
  const calendar = loadCalendar();
  let now = 0;
  const app = await createApp({
    databaseUrl: 'sqlite::memory:',
    board: { host: '127.0.0.1', port: 0 },
    ...{ pollMs: 0, pollOutsideSessions: false, language: 'en', destinations: [], log: silent, clock: () => now },
    source: async () =>
      createRecorded(join(samples, 'summer-2024'), calendar, readClosesOfAll(join(samples, 'closes-2015-2021.csv'))),
  });
  const wake = async (instant: number): Promise<void> => {
    now = instant;
    for (const job of app.jobs) await job.run(now);
  };
  const close = async (session: string): Promise<void> => {
    // Until the bars are final; then until the alerts of one fall share a card.
    await wake((calendar.hours(session)?.close ?? 0) + 16 * MINUTE_MS);
    await wake(now + 3 * MINUTE_MS);
  };
  now = (calendar.hours('2024-07-23')?.close ?? 0) + 16 * MINUTE_MS;
  await wake(now);
  return { app, close };
};
