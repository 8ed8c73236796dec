import { normaliseText } from '../util/normalise-text.ts';
import { tickerSpellings } from './share-class.ts';
import type { Kind, Watched, Watchlist } from './watchlist.ts';

/** A symbol that channels have added, as it was found at a source. */
export interface CustomSymbol {
  readonly symbol: string;
  readonly name: string;
  readonly kind: Kind;
  /** Name of that source in lower case, and the ticker there. */
  readonly source: string;
  readonly ticker: string;
}

/** The watchlist of config/watchlist.yaml plus the symbols that channels add. `symbols` changes while the bot runs. */
export interface MutableWatchlist extends Watchlist {
  /** Ignored for a symbol of the file. A name that the file gives to another symbol keeps its meaning. */
  add(custom: CustomSymbol): void;
  /** Ignored for a symbol of the file. */
  remove(symbol: string): void;
}

const watchedOf = ({ symbol, name, kind, source, ticker }: CustomSymbol): Watched => ({
  symbol,
  kind,
  name: { en: name },
  aliases: [],
  tickers: { [source]: ticker },
  custom: true,
});

export const createMutableWatchlist = (file: Watchlist): MutableWatchlist => {
  const symbols = new Map(file.symbols);
  let version = 0;
  const resolveCustom = (name: string): string | undefined => {
    for (const { symbol, custom, name: displayName, tickers } of symbols.values())
      if (custom && [symbol, displayName.en, ...Object.values(tickers)].some((each) => normaliseText(each) === name))
        return symbol;
    return undefined;
  };
  return {
    symbols,
    rules: file.rules,
    resolve: (text) =>
      file.resolve(text) ??
      tickerSpellings(text).flatMap((spelling) => resolveCustom(normaliseText(spelling)) ?? [])[0],
    version: () => version,
    add: (custom) => {
      if (symbols.has(custom.symbol)) return;
      symbols.set(custom.symbol, watchedOf(custom));
      version += 1;
    },
    remove: (symbol) => {
      if (!symbols.get(symbol)?.custom) return;
      symbols.delete(symbol);
      version += 1;
    },
  };
};
