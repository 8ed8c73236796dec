import { join } from 'node:path';
import { z } from 'zod';
import { normaliseText } from '../util/normalise-text.ts';
import { readConfig, root } from '../util/read-config.ts';
import type { SessionDate } from './calendar.ts';

export type Kind = 'stock' | 'index';

/** Alert levels in basis points, ascending; windows in sessions. */
export interface Rules {
  readonly drawdown: readonly { readonly window: number; readonly levels: readonly number[] }[];
  readonly day: readonly number[];
}

/** Display name of a symbol by language. */
export type SymbolName = { readonly en: string; readonly ko: string };

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
  /** The parts of a basket, whose price is the sum of price x shares in billions of US dollars. */
  readonly sumOf?: readonly string[];
  /** Step of market value lost that raises an alert, in billions of US dollars. */
  readonly valueStep?: number;
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
  /** The symbol that a person means by `nvda`, `엔비디아` or `^IXIC`; undefined for no match. */
  resolve(text: string): string | undefined;
  /** Changes with every change of `symbols`. */
  version(): number;
}

const level = z
  .number({ error: 'expected a level in percent' })
  .gte(0.01, 'a level must be at least 0.01 percent')
  .lt(100, 'a level must be less than 100 percent')
  .refine((percent) => Number.isInteger(Math.round(percent * 1e6) / 1e4), 'a level can have at most two decimals')
  .transform((percent) => Math.round(percent * 100));

const levels = z
  .array(level)
  .nonempty('expected at least one level')
  .transform((list) => [...new Set(list)].sort((a, b) => a - b));

const rules = z.strictObject({
  drawdown: z
    .array(z.strictObject({ window: z.int().min(2, 'a window must be at least 2 sessions'), levels }))
    .refine((list) => new Set(list.map(({ window }) => window)).size === list.length, {
      error: 'duplicate window; put its levels on one line',
    }),
  day: levels,
});

const entry = z
  .strictObject({
    kind: z.enum(['stock', 'index'], { error: 'expected stock or index' }),
    name: z.strictObject({ en: z.string().min(1), ko: z.string().min(1) }),
    aliases: z.array(z.string().min(1)).default([]),
    tickers: z.record(z.string(), z.string()).default({}),
    shares: z.strictObject({ count: z.int().positive(), asOf: z.iso.date() }).optional(),
    sumOf: z.array(z.string()).nonempty().optional(),
    valueStep: z.int().positive().optional(),
  })
  .refine((it) => it.sumOf !== undefined || Object.keys(it.tickers).length > 0, {
    error: 'expected a ticker for at least one source under `tickers`, or the parts under `sumOf`',
  });

/** All names of a symbol, normalised. */
const namesOf = (symbol: string, it: z.infer<typeof entry>): string[] =>
  [symbol, it.name.en, it.name.ko, ...it.aliases, ...Object.values(it.tickers)].map(normaliseText);

const watchlistFile = z
  .strictObject({
    symbols: z.record(z.string().regex(/^[A-Z0-9.-]{1,12}$/, 'a symbol is 1 to 12 characters from A-Z 0-9 . -'), entry),
    rules: z.strictObject({ stock: rules, index: rules }),
  })
  .superRefine((file, context) => {
    for (const [symbol, it] of Object.entries(file.symbols))
      for (const [index, part] of (it.sumOf ?? []).entries())
        if (file.symbols[part]?.shares === undefined)
          context.addIssue({
            code: 'custom',
            path: ['symbols', symbol, 'sumOf', index],
            message: `${part} is not a symbol with shares in this file; add it`,
          });
    const taken = new Map<string, string>();
    for (const [symbol, it] of Object.entries(file.symbols))
      for (const name of namesOf(symbol, it)) {
        const other = taken.get(name) ?? symbol;
        taken.set(name, symbol);
        if (other !== symbol)
          context.addIssue({
            code: 'custom',
            path: ['symbols', symbol],
            message: `"${name}" already means ${other}; a name can belong to only one symbol`,
          });
      }
  });

/** Reads the watchlist. @throws ConfigError naming file and line. */
export const loadWatchlist = (path = join(root, 'config/watchlist.yaml')): Watchlist => {
  const file = readConfig(path, watchlistFile);
  const symbols = new Map<string, Watched>();
  const names = new Map<string, string>();
  for (const [symbol, entry] of Object.entries(file.symbols)) {
    const { shares, sumOf, valueStep, ...plain } = entry;
    symbols.set(symbol, {
      symbol,
      ...plain,
      ...(shares && { shares }),
      ...(sumOf && { sumOf }),
      ...(valueStep !== undefined && { valueStep }),
    });
    for (const name of namesOf(symbol, entry)) names.set(name, symbol);
  }
  return { symbols, rules: file.rules, resolve: (text) => names.get(normaliseText(text)), version: () => 0 };
};
