import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { type App, createApp } from '../app/app.ts';
import { createTerminalPlatform } from '../chat/terminal/terminal-platform.ts';
import { loadCatalogue } from '../i18n/catalogue.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { formatChange } from '../i18n/percent.ts';
import { changeInBasisPoints } from '../market/compare.ts';
import { loadCalendar } from '../market/load-calendar.ts';
import { fromMicros } from '../market/money.ts';
import { createRecorded } from '../market/sources/recorded/index.ts';
import { BOARD_ID, PLATFORM_IDS } from '../stories/platforms.ts';
import { silent } from '../telemetry/log.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { root } from '../util/read-config.ts';
import { checkLanguage } from './check-language.ts';

const FIRST_SESSION = '2024-06-10';
const LAST_SESSION = '2024-08-30';
const FRIDAY = 5;
/** Wall-clock milliseconds of the whole show. */
const SHOW_MS = 20_000;
/** From the close until the bars are final; then until the alerts of one fall share a card. */
const AFTER_BELL_MS = 16 * MINUTE_MS;
const TOGETHER_MS = 3 * MINUTE_MS;

export interface DemoOptions {
  readonly language: string;
  /** Port of the board; 0 = any free port. */
  readonly port: number;
  readonly fast?: boolean;
}

/** One line per day, shown while nothing else happens. */
const dayLine = (app: App, session: string, language: string, width: number): string => {
  const words = app.catalogue.in(language);
  const line = ['IXIC', 'NVDA', 'MSFT'].map((symbol) => {
    const [previous, last] = app.watcher.memory.histories.bars(symbol).slice(-2);
    if (!previous || !last) return symbol;
    const price = formatNumber(language, fromMicros(last.close), {
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    });
    return `${symbol} ${price} ${formatChange(words, changeInBasisPoints(last.close, previous.close) / 100)}`;
  });
  return `${session}   ${line.join('   ')}`.slice(0, width);
};

/**
 * Runs the real bot on the recorded summer of 2024: the same feed, state machine, outbox, courier and cards, with a
 * simulated clock. Prints each card and shows it on the board; takes about 20 seconds. On a terminal the board stays up
 * until Enter; otherwise the process exits.
 * @throws UsageError for an unknown language
 */
export const demo = async ({ language, port, fast }: DemoOptions): Promise<void> => {
  checkLanguage(language, loadCatalogue());
  const folder = join(root, 'config/samples/summer-2024');
  const calendar = loadCalendar();
  const close = (session: string): number => calendar.hours(session)?.close ?? 0;
  const interactive = process.stdout.isTTY === true;
  const width = Math.min(process.stdout.columns ?? 80, 100);
  const clearLine = interactive ? '\r\u001b[K' : '';
  let now = close(calendar.previous(FIRST_SESSION)) + AFTER_BELL_MS;
  let shown = 0;

  const app = await createApp({
    databaseUrl: 'sqlite::memory:',
    board: { host: '127.0.0.1', port },
    pollMs: 0,
    pollOutsideSessions: false,
    language,
    destinations: [
      {
        channelId: 'demo',
        platform: createTerminalPlatform(
          (text) => {
            shown += 1;
            process.stdout.write(`${clearLine}${text}\n`);
          },
          { width, colour: interactive },
        ),
      },
    ],
    source: async () => createRecorded(folder, calendar),
    clock: () => now,
    log: silent,
  });
  try {
    console.log(`The summer of 2024, from recorded closes. Board: ${app.boardUrl}\n`);
    const wake = async (instant: number): Promise<void> => {
      now = instant;
      for (const job of app.jobs) await job.run(now);
    };
    // Weekly digests only: one every evening would bury the slides.
    for (const { id } of (await Promise.all([...PLATFORM_IDS, BOARD_ID].map((name) => app.channels.of(name)))).flat())
      await app.channels.change(id, (settings) => ({ ...settings, digest: { days: [FRIDAY] } }));
    await wake(now);
    const sessions: string[] = [];
    for (let day = FIRST_SESSION; day <= LAST_SESSION; day = calendar.next(day)) sessions.push(day);
    for (const [place, session] of sessions.entries()) {
      const began = performance.now();
      await wake(close(session) + AFTER_BELL_MS);
      const line = dayLine(app, session, language, width);
      if (interactive) process.stdout.write(`${clearLine}${line}`);
      else if (place % 5 === 0) console.log(line);
      await wake(now + TOGETHER_MS);
      const rest = SHOW_MS / sessions.length - (performance.now() - began);
      if (!fast && rest > 0) await pause(rest);
    }
    console.log(
      `${clearLine}\n${shown} cards in ${sessions.length} sessions. They are also on the board: ${app.boardUrl}`,
    );
    if (process.stdin.isTTY) {
      const input = createInterface({ input: process.stdin, output: process.stdout });
      await input.question('Press Enter to quit. ');
      input.close();
    }
  } finally {
    await app.stop();
  }
};
