import { z } from 'zod';
import { normaliseText } from '../util/normalise-text.ts';
import { configFile, readConfig } from '../util/read-config.ts';
import type { SessionDate } from './calendar.ts';
import { type CompanyNames, readCompanyNames, symbolSchema } from './company-names.ts';
import { MAX_RISE } from './compare.ts';
import type { Micros } from './money.ts';
import { tickerSpellings } from './share-class.ts';
import { namesInLanguages, type SymbolName, symbolName } from './symbol-name.ts';

export type Kind = 'stock' | 'index';

/** On which side of a price that was set the price has to be. */
export type PriceSide = 'below' | 'above';

/** A price that a channel has set for a symbol. */
export interface PriceRule {
  /** As it was set. */
  readonly price: Micros;
  readonly side: PriceSide;
  /** When it was set, epoch milliseconds. */
  readonly since: number;
  /** The New York day of `since`: later splits divide the price. */
  readonly day: SessionDate;
  /** The price in today's unit, where that is known. */
  readonly target?: Micros;
}

/** Alert levels in basis points, ascending; windows in sessions. */
export interface Rules {
  readonly drawdown: readonly { readonly window: number; readonly levels: readonly number[] }[];
  readonly day: readonly number[];
  /** Falls within so many minutes of one session, ascending; channels alone set them. */
  readonly within?: readonly { readonly minutes: number; readonly levels: readonly number[] }[];
  /** Prices; channels alone set them. */
  readonly price?: readonly PriceRule[];
  /** Rises above the low of 252 sessions; absent for none, as in the watchlist that ships. */
  readonly rise?: readonly number[];
  /** Rises of one day; absent for none. */
  readonly dayRise?: readonly number[];
}

/** One symbol of the watchlist. */
export interface Watched {
  readonly symbol: string;
  readonly kind: Kind;
  readonly name: SymbolName;
  readonly aliases: readonly string[];
  /** By source name in lower case. */
  readonly tickers: Readonly<Record<string, string>>;
  /** Shares outstanding as counted on a day; absent for an index or a basket. */
  readonly shares?: { readonly count: number; readonly asOf: SessionDate };
  /** Shares for one, by the session from which they count: a history that is not divided by them is not believed. */
  readonly splits?: Readonly<Record<SessionDate, number>>;
  /** The parts of a basket, whose price is the sum of price x shares in billions of US dollars. */
  readonly sumOf?: readonly string[];
  /** Step of market value lost that raises an alert, in billions of US dollars. */
  readonly valueStep?: number;
  /** Of an index: a fund whose move its own is compared with in doubt. It is not watched itself. */
  readonly proxy?: string;
  /** Whether channels added it: it is polled and kept only while one of them watches it. */
  readonly custom?: boolean;
}

/** What a price is counted in: dollars for a stock, points for an index, billions of dollars for a basket. */
export type PriceUnit = 'usd' | 'points' | 'usd-billions';

export const unitOf = ({ sumOf, kind }: Pick<Watched, 'sumOf' | 'kind'>): PriceUnit =>
  sumOf ? 'usd-billions' : kind === 'index' ? 'points' : 'usd';

export interface Watchlist {
  readonly symbols: ReadonlyMap<string, Watched>;
  readonly rules: Readonly<Record<Kind, Rules>>;
  /** The symbol that a person means by `nvda`, `nvidia`, `^IXIC` or `brk.b`; undefined for no match. */
  resolve(text: string): string | undefined;
  /** Changes with every change of `symbols`. */
  version(): number;
}

const percent = z
  .number({ error: 'expected a level in percent' })
  .gte(0.01, 'a level must be at least 0.01 percent')
  .refine((value) => Number.isInteger(Math.round(value * 1e6) / 1e4), 'a level can have at most two decimals');

/** Percent as ascending basis points. */
const levelsOf = (level: typeof percent) =>
  z
    .array(level.transform((value) => Math.round(value * 100)))
    .nonempty('expected at least one level')
    .transform((list) => [...new Set(list)].sort((a, b) => a - b));

const levels = levelsOf(percent.lt(100, 'a level must be less than 100 percent'));
const riseLevels = levelsOf(percent.lte(MAX_RISE / 100, `a rise is at most ${MAX_RISE / 100} percent`));

const rules = z.strictObject({
  drawdown: z
    .array(z.strictObject({ window: z.int().min(2, 'a window must be at least 2 sessions'), levels }))
    .refine((list) => new Set(list.map(({ window }) => window)).size === list.length, {
      error: 'duplicate window; put its levels on one line',
    }),
  day: levels,
  rise: riseLevels.exactOptional(),
  dayRise: riseLevels.exactOptional(),
});

const entry = z.strictObject({
  kind: z.enum(['stock', 'index'], { error: 'expected stock or index' }),
  /** A company's names are those of its own entry. */
  name: symbolName.optional(),
  aliases: z.array(z.string().min(1)).default([]),
  tickers: z.record(z.string(), z.string()).default({}),
  shares: z.strictObject({ count: z.int().positive(), asOf: z.iso.date() }).optional(),
  splits: z.record(z.iso.date(), z.number().positive()).optional(),
  sumOf: z.array(z.string()).nonempty().optional(),
  valueStep: z.int().positive().optional(),
  proxy: symbolSchema.optional(),
});

const watchlistFile = z.strictObject({
  symbols: z.record(symbolSchema, entry),
  rules: z.strictObject({ stock: rules, index: rules }),
});

type Companies = ReadonlyMap<string, CompanyNames>;
type Entry = z.infer<typeof entry>;
type NamedEntry = Omit<Entry, 'name'> & { readonly name: SymbolName };

/** The parts of a basket: those that it lists, or the companies that say that they are part of it. */
const partsOf = (symbol: string, { sumOf }: Entry, companies: Companies): readonly string[] =>
  sumOf ?? [...companies].flatMap(([part, { basket }]) => (basket === symbol ? [part] : []));

/** An entry with the names and the parts that the companies give it; without a name if it has none anywhere. */
const completed = (symbol: string, it: Entry, companies: Companies): Entry => {
  const company = companies.get(symbol);
  const name = it.name ?? company?.name;
  const [first, ...others] = partsOf(symbol, it, companies);
  return {
    ...it,
    aliases: [...(company?.aliases ?? []), ...it.aliases],
    ...(name && { name }),
    ...(first !== undefined && { sumOf: [first, ...others] }),
  };
};

const isNamed = (it: Entry): it is Entry & NamedEntry => it.name !== undefined;

/** All names of a symbol, normalised. */
const namesOf = (symbol: string, { name, aliases, tickers }: Entry): string[] =>
  [symbol, ...(name ? namesInLanguages(name) : []), ...aliases, ...Object.values(tickers)].map(normaliseText);

/** The file with what companies add to its entries, checked as a whole. */
const completeWatchlist = (companies: Companies) =>
  watchlistFile
    .transform((file) => ({
      ...file,
      symbols: Object.fromEntries(
        Object.entries(file.symbols).map(([symbol, it]) => [symbol, completed(symbol, it, companies)]),
      ),
    }))
    .superRefine((file, context) => {
      const refuse = (path: readonly (string | number)[], message: string): void =>
        context.addIssue({ code: 'custom', path: ['symbols', ...path], message });
      const taken = new Map<string, string>();
      for (const [symbol, it] of Object.entries(file.symbols)) {
        if (!isNamed(it)) refuse([symbol], 'expected a name, or an entry in companies.yaml that has one');
        if (it.sumOf === undefined && Object.keys(it.tickers).length === 0)
          refuse([symbol], 'expected a ticker for at least one source under `tickers`, or the parts under `sumOf`');
        for (const [index, part] of (it.sumOf ?? []).entries())
          if (file.symbols[part]?.shares === undefined)
            refuse([symbol, 'sumOf', index], `${part} is not a symbol with shares in this file; add it`);
        for (const name of namesOf(symbol, it)) {
          const other = taken.get(name) ?? symbol;
          taken.set(name, symbol);
          if (other !== symbol)
            refuse([symbol], `"${name}" already means ${other}; a name can belong to only one symbol`);
        }
      }
    });

/** Reads the watchlist, with the names in config/companies.yaml. @throws ConfigError naming file and line. */
export const loadWatchlist = (
  path = configFile('watchlist.yaml'),
  companies: Companies = readCompanyNames(),
): Watchlist => {
  const file = readConfig(path, completeWatchlist(companies));
  const symbols = new Map<string, Watched>();
  const names = new Map<string, string>();
  for (const [symbol, entry] of Object.entries(file.symbols)) {
    if (!isNamed(entry)) continue;
    const { shares, splits, sumOf, valueStep, proxy, ...plain } = entry;
    symbols.set(symbol, {
      symbol,
      ...plain,
      ...(shares && { shares }),
      ...(splits && { splits }),
      ...(sumOf && { sumOf }),
      ...(valueStep !== undefined && { valueStep }),
      ...(proxy !== undefined && { proxy }),
    });
    for (const name of namesOf(symbol, entry)) names.set(name, symbol);
  }
  const resolve = (text: string): string | undefined =>
    tickerSpellings(text).flatMap((spelling) => names.get(normaliseText(spelling)) ?? [])[0];
  return { symbols, rules: file.rules, resolve, version: () => 0 };
};
