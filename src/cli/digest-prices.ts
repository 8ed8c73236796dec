import { join } from 'node:path';
import type { Bar, Split } from '../market/bar.ts';
import type { SessionDate } from '../market/calendar.ts';
import { createHistories, type Histories } from '../market/history.ts';
import type { Watchlist } from '../market/watchlist.ts';
import { readBars, readSplits } from '../store/bars.ts';
import { root } from '../util/read-config.ts';
import { lookUp } from './own-store.ts';
import { openPriceFiles } from './price-files.ts';
import type { ToldSplit } from './told-splits.ts';
import { UsageError } from './usage-error.ts';

const SAMPLE = 'config/samples/summer-2024';

/** Prices of the watchlist, and where they come from. */
export interface DigestPrices {
  readonly histories: Histories;
  /** Name of the source on cards. */
  readonly source: string;
}

interface Record {
  readonly symbol: string;
  readonly bars: readonly Bar[];
  readonly splits: readonly Split[];
}

const singles = (watchlist: Watchlist): string[] =>
  [...watchlist.symbols.values()].filter(({ sumOf }) => !sumOf).map(({ symbol }) => symbol);

const hasSession = (records: readonly Record[], session: SessionDate): boolean =>
  records.some(({ bars }) => bars.some((bar) => bar.session === session));

const fromFiles = async (
  path: string,
  told: readonly ToldSplit[],
  watchlist: Watchlist,
  warn: (text: string) => void,
): Promise<Record[]> => {
  const files = openPriceFiles(path, watchlist, { splits: told });
  const there = singles(watchlist).filter((symbol) => files.paths.has(symbol));
  if (there.length === 0)
    throw new UsageError(
      `--prices ${path}: no symbol from the watchlist; name the files like ${singles(watchlist)[0]}.csv`,
    );
  const records: Record[] = [];
  for (const symbol of there) records.push({ symbol, ...(await files.prices(symbol)) });
  for (const note of files.finish()) warn(`${note}\n`);
  return records;
};

const fromStore = async (watchlist: Watchlist): Promise<Record[]> =>
  (await lookUp(async (db) => {
    const records: Record[] = [];
    for (const symbol of singles(watchlist))
      records.push({ symbol, bars: await readBars(db, symbol), splits: await readSplits(db, symbol) });
    return records;
  })) ?? [];

/** "2022-01-03 to 2024-09-30". */
const reach = (records: readonly Record[]): string => {
  const sessions = records.flatMap(({ bars }) => [bars[0], bars.at(-1)]).flatMap((bar) => bar?.session ?? []);
  const [first, last] = [sessions.toSorted()[0], sessions.toSorted().at(-1)];
  return `${first} to ${last}`;
};

/**
 * Prices for the digest of `session`: from `path` if given, with the splits `told` of them, otherwise from the database if it has the session,
 * otherwise from the recorded sample.
 * @throws UsageError if there is no close for the session, CsvError for an invalid file, StoreError.
 */
export const pricesFor = async (
  session: SessionDate,
  path: string | undefined,
  told: readonly ToldSplit[],
  watchlist: Watchlist,
  warn: (text: string) => void,
): Promise<DigestPrices> => {
  const stored = path === undefined ? await fromStore(watchlist) : [];
  const own = hasSession(stored, session);
  const records = own ? stored : await fromFiles(path ?? join(root, SAMPLE), told, watchlist, warn);
  if (!hasSession(records, session)) {
    const where = path ?? (stored.length > 0 ? `the database or ${SAMPLE}` : SAMPLE);
    throw new UsageError(
      `--as-of ${session}: no close for that session in ${where} (${reach(records)}); pass other prices with --prices`,
    );
  }
  const histories = createHistories(watchlist);
  for (const { symbol, bars, splits } of records) histories.set(symbol, bars, splits);
  return { histories, source: own ? 'store' : path === undefined ? 'recorded' : 'files' };
};
