import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { type App, createApp } from '../app/app.ts';
import { padToWidth } from '../cards/display-width.ts';
import { createTerminalPlatform } from '../chat/terminal/terminal-platform.ts';
import { loadCatalogue, type Translator } from '../i18n/catalogue.ts';
import { formatDate } from '../i18n/dates.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { formatChange } from '../i18n/percent.ts';
import type { SessionDate } from '../market/calendar.ts';
import { changeInBasisPoints } from '../market/compare.ts';
import { readClosesOfAll } from '../market/csv/closes-of-all.ts';
import { newYorkDay } from '../market/exchange-time.ts';
import { loadCalendar } from '../market/load-calendar.ts';
import { fromMicros } from '../market/money.ts';
import { createRecorded } from '../market/sources/recorded/index.ts';
import { BOARD_ID, PLATFORM_IDS } from '../stories/platforms.ts';
import { silent } from '../telemetry/log.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { root } from '../util/read-config.ts';
import { checkLanguage } from './check-language.ts';
import { spokenLanguage } from './spoken-language.ts';
import { terminalStyle } from './terminal-style.ts';

/** The day of the first slide. */
const FIRST_SESSION = '2024-07-24';
const LAST_SESSION = '2024-08-30';
const FRIDAY = 5;
/** Wall-clock milliseconds of the whole show. */
const SHOW_MS = 20_000;
/** From the close until the bars are final; then until the alerts of one fall share a card. */
const AFTER_BELL_MS = 16 * MINUTE_MS;
const TOGETHER_MS = 3 * MINUTE_MS;
const MAX_WIDTH = 100;
/** Columns of a day in the summary. */
const DAY_WIDTH = 10;

export interface DemoOptions {
  /** Absent for that of the environment. */
  readonly language?: string;
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

/** A card that the terminal has shown. */
interface ShownCard {
  readonly day: SessionDate;
  readonly kind: string;
  readonly title: string;
}

/** How many cards there were, and the titles of all but the digests with their days. */
const summary = (words: Translator, shown: readonly ShownCard[], sessions: readonly SessionDate[]): string => {
  const digests = shown.filter(({ kind }) => kind === 'digest').length;
  const told = shown.filter(({ kind }) => kind !== 'digest' && kind !== 'greeting');
  const counts = { alerts: told.length, digests, sessions: sessions.length };
  const lines = told.map(({ day, title }) => `  ${padToWidth(formatDate(words, day, day), DAY_WIDTH)}${title}`);
  return [words.say('demo.summary', counts), ...lines].join('\n');
};

/**
 * Runs the real bot on the recorded summer of 2024: the same feed, state machine, outbox, courier and cards, with a
 * simulated clock. Prints each card and shows it on the board; takes about 20 seconds. On a terminal the board stays up
 * until Enter; otherwise the process exits.
 * @throws UsageError for an unknown language
 */
export const demo = async ({ port, fast, ...options }: DemoOptions): Promise<void> => {
  const catalogue = loadCatalogue();
  const language = options.language ?? spokenLanguage(catalogue);
  checkLanguage(language, catalogue);
  const words = catalogue.in(language);
  const samples = join(root, 'config/samples');
  const earlier = readClosesOfAll(join(samples, 'closes-2015-2021.csv'));
  const calendar = loadCalendar();
  const close = (session: string): number => calendar.hours(session)?.close ?? 0;
  const { escapes, ...style } = terminalStyle(process.stdout);
  const width = Math.min(style.width, MAX_WIDTH);
  const clearLine = escapes ? '\r\u001b[K' : '';
  let now = close(calendar.previous(FIRST_SESSION)) + AFTER_BELL_MS;
  const shown: ShownCard[] = [];
  const terminal = createTerminalPlatform((text) => process.stdout.write(`${clearLine}${text}\n`), {
    width,
    colour: escapes,
  });

  const app = await createApp({
    databaseUrl: 'sqlite::memory:',
    board: { host: '127.0.0.1', port },
    pollMs: 0,
    pollOutsideSessions: false,
    language,
    destinations: [
      {
        channelId: 'demo',
        platform: {
          ...terminal,
          post: (posting) => {
            shown.push({ day: newYorkDay(now), kind: posting.card.kind, title: posting.card.title });
            return terminal.post(posting);
          },
        },
      },
    ],
    source: async () => createRecorded(join(samples, 'summer-2024'), calendar, earlier),
    clock: () => now,
    log: silent,
  });
  try {
    console.log(`${words.say('demo.opening', { url: app.boardUrl ?? '' })}\n`);
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
    for (const session of sessions) {
      const began = performance.now();
      await wake(close(session) + AFTER_BELL_MS);
      const line = dayLine(app, session, language, width);
      if (escapes) process.stdout.write(`${clearLine}${line}`);
      await wake(now + TOGETHER_MS);
      const rest = SHOW_MS / sessions.length - (performance.now() - began);
      if (!fast && rest > 0) await pause(rest);
    }
    console.log(clearLine + summary(words, shown, sessions));
    if (process.stdin.isTTY) {
      console.log(`\n${words.say('demo.board', { url: app.boardUrl ?? '' })}`);
      const input = createInterface({ input: process.stdin, output: process.stdout });
      await input.question(`${words.say('demo.quit')} `);
      input.close();
    }
  } finally {
    await app.stop();
  }
};
