import { crossCheck, differenceLine } from '../facts/cross-check.ts';
import { SUBJECTS } from '../facts/fact.ts';
import type { Ledger } from '../facts/ledger.ts';
import { SourceError } from '../market/source.ts';
import { createYahooFundamentals } from '../market/sources/yahoo/fundamentals.ts';
import { loadWatchlist } from '../market/watchlist.ts';
import { createLogger } from '../telemetry/log.ts';

/**
 * Holds the ledger's newest quarters against Yahoo's fundamentals and prints what differs by more than one percent.
 * Yahoo is a cross-check only: a difference is something to look at, never a correction. Returns false where Yahoo
 * could not be asked.
 */
export const checkLive = async (
  ledger: Ledger,
  print: (text: string) => void,
  { url, now }: { readonly url?: string | undefined; readonly now: number },
): Promise<boolean> => {
  const log = createLogger('warn');
  const yahoo = createYahooFundamentals({ log, ...(url && { url }) });
  const watchlist = loadWatchlist();
  let checked = true;
  for (const subject of SUBJECTS) {
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
