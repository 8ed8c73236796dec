import { loadCompanies } from '../facts/companies.ts';
import { crossCheck, differenceLine } from '../facts/cross-check.ts';
import type { Ledger } from '../facts/ledger.ts';
import { SourceError } from '../market/source.ts';
import { createYahooFundamentals } from '../market/sources/yahoo/fundamentals.ts';
import { loadWatchlist } from '../market/watchlist.ts';
import { createLogger } from '../telemetry/log.ts';

/**
 * Compares the ledger's latest quarters with Yahoo's fundamentals and prints differences of more than 1%. Yahoo is only
 * a cross-check: a difference needs a look and is never a correction. Returns false if Yahoo could not be reached.
 */
export const checkLive = async (
  ledger: Ledger,
  print: (text: string) => void,
  { url, now }: { readonly url?: string | undefined; readonly now: number },
): Promise<boolean> => {
  const log = await createLogger('warn');
  const yahoo = createYahooFundamentals({ log, ...(url && { url }) });
  const watchlist = loadWatchlist();
  let checked = true;
  for (const subject of loadCompanies().subjects) {
    const ticker = watchlist.symbols.get(subject)?.tickers.yahoo;
    if (ticker === undefined) continue;
    try {
      const quarters = await yahoo.quarters(ticker, now);
      const found = crossCheck(ledger, subject, quarters, now);
      for (const { metric, label, percent } of found)
        log.warn({ subject, metric, label, percent }, 'figure differs from Yahoo');
      const verdict = `${subject}: quarters compared with Yahoo: ${quarters.length}, differences: ${found.length}`;
      print(`${[verdict, ...found.map(differenceLine)].join('\n  ')}\n`);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      print(`${subject}: not checked. ${error.message}\n`);
      checked = false;
      if (error.fault !== 'unknown-symbol') break;
    }
  }
  return checked;
};
