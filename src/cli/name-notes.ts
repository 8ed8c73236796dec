import { isSameTicker } from '../market/share-class.ts';
import type { Watchlist } from '../market/watchlist.ts';
import { isClassC, symbolOfName } from './vendor-names.ts';

/** The symbol that a person types or a file names. `found`: the symbols of price files, which need not be watched. */
export const typedSymbol = (text: string, watchlist: Watchlist, found: Iterable<string> = []): string =>
  watchlist.resolve(text) ??
  symbolOfName(text, watchlist) ??
  [...found].find((symbol) => isSameTicker(symbol, text)) ??
  text.toUpperCase();

/** Vendors write BRK.B, BRK-B and BRK.B.US. */
const bare = (symbol: string): string => symbol.replace(/\.US$/, '').replace(/[^A-Z0-9]/g, '');

const CLASS_C = 'warning: GOOG is class C of Alphabet; it is judged as GOOGL, which is class A';

/** What a person should know about whose prices a file is taken for, a line each. `inside` is the symbol it names itself. */
export const nameNotes = (
  path: string,
  name: string,
  symbol: string,
  inside: string | undefined,
  watchlist: Watchlist,
): string[] => {
  if (isClassC(name) || (inside && isClassC(inside) && symbol === 'GOOGL')) return [`${path}: ${CLASS_C}`];
  const isWatched = watchlist.symbols.has(symbol);
  const notes: string[] = [];
  if (isWatched && watchlist.resolve(name) !== symbol) {
    const full = watchlist.symbols.get(symbol)?.name.en;
    notes.push(`${path}: read as ${symbol}${full && full !== symbol ? ` (${full})` : ''}`);
  }
  const says = inside === undefined ? symbol : typedSymbol(inside, watchlist);
  if (bare(says) !== bare(symbol))
    notes.push(
      `${path}: warning: the file itself says ${inside}; it is judged as ${symbol}, by its name; ` +
        `to judge it as ${says}, name it ${says}.csv`,
    );
  return notes;
};
