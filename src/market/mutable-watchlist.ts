import { normaliseText } from '../util/normalise-text.ts';
import type { Kind, Watched, Watchlist } from './watchlist.ts';

/** A symbol that channels have asked for, as it was found at a source. */
export interface CustomSymbol {
  readonly symbol: string;
  readonly name: string;
  readonly kind: Kind;
  /** The name of the source that knows it, in lower case, and its ticker there. */
  readonly source: string;
  readonly ticker: string;
}

/** The watchlist of config/watchlist.yaml, and what channels watch beside it. `symbols` changes while the bot runs. */
export interface MutableWatchlist extends Watchlist {
  /** A name that the file gives to another symbol keeps its meaning; a symbol of the file is left as it is. */
  add(custom: CustomSymbol): void;
  /** Of a symbol of the file: nothing. */
  remove(symbol: string): void;
}

const watchedOf = ({ symbol, name, kind, source, ticker }: CustomSymbol): Watched => ({
  symbol,
  kind,
  name: { en: name, ko: name },
  aliases: [],
  tickers: { [source]: ticker },
  custom: true,
});

export const createMutableWatchlist = (file: Watchlist): MutableWatchlist => {
  const symbols = new Map(file.symbols);
  let version = 0;
  const customNamed = (name: string): string | undefined => {
    for (const { symbol, custom, name: called, tickers } of symbols.values())
      if (custom && [symbol, called.en, ...Object.values(tickers)].some((each) => normaliseText(each) === name))
        return symbol;
    return undefined;
  };
  return {
    symbols,
    rules: file.rules,
    resolve: (text) => file.resolve(text) ?? customNamed(normaliseText(text)),
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
