import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Card } from '../cards/card.ts';
import { buildCard } from '../cards/story-cards.ts';
import { cardTerminal } from '../cards/terminal.ts';
import { closedDigest } from '../digest/closed-digest.ts';
import { alertsFromCloses } from '../digest/day-alerts.ts';
import { usualDigestAt } from '../digest/digest-due.ts';
import { sessionDigest, symbolBarsUpTo } from '../digest/session-digest.ts';
import { loadCompanies } from '../facts/companies.ts';
import { FACTS_FOLDER, loadFacts } from '../facts/fact-files.ts';
import { createLedger } from '../facts/ledger.ts';
import { loadCatalogue } from '../i18n/catalogue.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import { loadCalendar } from '../market/load-calendar.ts';
import { loadWatchlist } from '../market/watchlist.ts';
import { alertsOf } from '../store/alerts.ts';
import { readAddedAt, readFiledFacts } from '../store/filed-facts.ts';
import { readReportDays } from '../store/report-days.ts';
import type { ChartSpec } from '../stories/chart-spec.ts';
import type { DigestStory } from '../stories/digest-story.ts';
import type { Palette } from '../stories/tone.ts';
import { root } from '../util/read-config.ts';
import { checkLanguage } from './check-language.ts';
import { pricesFor } from './digest-prices.ts';
import { lookUp } from './own-store.ts';
import { terminalStyle } from './terminal-style.ts';
import type { ToldSplit } from './told-splits.ts';
import { UsageError } from './usage-error.ts';

export interface DigestOptions {
  /** A trading day, or a day on which the exchange is closed. */
  readonly asOf: SessionDate;
  readonly language: string;
  /** A folder of SYMBOL.csv files, or one file; absent for the database or the sample. */
  readonly prices?: string;
  /** Splits that those prices are not adjusted for. */
  readonly split?: readonly ToldSplit[];
  /** Path of the picture; absent for the default. */
  readonly out?: string;
}

/** The bot's data folder, ignored by git. */
const DATA = join(root, 'data');

/** What the bot's database knew on that evening; undefined without a database. */
const rememberedOf = async (session: SessionDate, since: { readonly before: number; readonly asOf: number }) =>
  lookUp(async (db) => ({
    alerts: await alertsOf(db, session),
    filed: await readFiledFacts(db),
    addedAt: await readAddedAt(db, since.before),
    reports: await readReportDays(db, since.asOf),
  }));

const storyOf = async (
  { asOf: session, prices: path, split = [] }: DigestOptions,
  calendar: Calendar,
  warn: (text: string) => void,
): Promise<DigestStory> => {
  if (path === undefined && split.length > 0) throw new UsageError('--split is for price files; add --prices');
  if (!calendar.isSession(session)) return closedDigest(calendar, session);
  const companies = loadCompanies();
  const watchlist = loadWatchlist(undefined, companies.entries);
  const { histories, source } = await pricesFor(session, path, split, watchlist, warn);
  const since = {
    before: usualDigestAt(calendar, calendar.previous(session)),
    asOf: usualDigestAt(calendar, session),
  };
  const remembered = await rememberedOf(session, since);
  const seen = source === 'store' ? (remembered?.alerts ?? []) : [];
  const folded = alertsFromCloses(watchlist, symbolBarsUpTo(watchlist, histories, session), session);
  const story = sessionDigest({
    session,
    watchlist,
    calendar,
    histories,
    companies,
    ledger: createLedger([...loadFacts(FACTS_FOLDER, companies), ...(remembered?.filed ?? [])]),
    alerts: [...seen, ...folded],
    since: { ...since, ...(remembered && { addedAt: remembered.addedAt }) },
    ...(remembered?.reports && { reports: remembered.reports }),
    source,
  });
  if (!story) throw new UsageError(`--as-of ${session}: no closes for that session`);
  return story;
};

/** @throws UsageError if `path` cannot be written. */
const writePicture = async (chart: ChartSpec, falls: Palette | undefined, path: string): Promise<void> => {
  const { chartPng } = await import('../charts/png.ts');
  const png = await chartPng(chart, falls);
  try {
    writeFileSync(path, png);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const fault = code === 'ENOENT' ? 'the folder does not exist' : `it cannot be written (${code})`;
    throw new UsageError(`--out ${path}: ${fault}; choose another path for the picture`, { cause: error });
  }
};

/** Writes the picture, if there is one. Returns the line that says where. */
const pictureLine = async ({ picture, falls }: Card, { asOf, out }: DigestOptions): Promise<string> => {
  if (!picture) return '';
  const path = out ?? join(DATA, `digest-${asOf}.png`);
  if (out === undefined) mkdirSync(DATA, { recursive: true });
  await writePicture(picture.chart, falls, path);
  return `Picture: ${out ?? relative(process.cwd(), path)}\n`;
};

/**
 * Prints a day's digest as of that evening, from what was known then, and writes its picture. How price files were read
 * goes to `warn`.
 * @throws UsageError, CsvError, ConfigError, FactsError, CatalogueError, StoreError, PictureError; then nothing is printed.
 */
export const printDigest = async (
  options: DigestOptions,
  print: (text: string) => void,
  warn: (text: string) => void,
): Promise<void> => {
  const catalogue = loadCatalogue();
  checkLanguage(options.language, catalogue);
  const story = await storyOf(options, loadCalendar(), warn);
  const card = buildCard([story], options.language, catalogue);
  if (story.of === 'closed') return print(`${card.title}\n`);
  const picture = await pictureLine(card, options);
  const { width, escapes } = terminalStyle(process.stdout);
  print(`${cardTerminal(card, { width, colour: escapes })}\n${picture}`);
};
