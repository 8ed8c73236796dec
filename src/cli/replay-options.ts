import { parseArgs } from 'node:util';
import type { SessionDate } from '../market/calendar.ts';
import { isDay } from '../market/csv.ts';
import type { Kind } from '../market/watchlist.ts';
import { UsageError } from './usage-error.ts';

const usage =
  'usage: replay --prices PATH [--symbols A,B] [--kind stock|index] [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--format ndjson|text]';

export interface ReplayOptions {
  /** A folder of SYMBOL.csv files, or one file. */
  readonly prices: string;
  /** As they were typed; undefined for every file there is. */
  readonly symbols: readonly string[] | undefined;
  /** The kind of symbols outside the watchlist. */
  readonly kind: Kind;
  /** First and last session whose alerts are printed. */
  readonly from: SessionDate;
  readonly to: SessionDate;
  readonly format: 'ndjson' | 'text';
}

const oneOf = <T extends string>(name: string, value: string, allowed: readonly T[]): T => {
  const found = allowed.find((it) => it === value);
  if (found === undefined) throw new UsageError(`--${name} "${value}": expected ${allowed.join(' or ')}`);
  return found;
};

const day = (name: string, value: string | undefined, otherwise: SessionDate): SessionDate => {
  if (value === undefined) return otherwise;
  if (!isDay(value)) throw new UsageError(`--${name} "${value}": expected a date, YYYY-MM-DD`);
  return value;
};

const parse = (args: readonly string[]) => {
  const text = { type: 'string' } as const;
  const options = { prices: text, symbols: text, kind: text, from: text, to: text, format: text };
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    const [said] = (error as Error).message.split(/\. |\n/);
    throw new UsageError(`${said}; ${usage}`, { cause: error });
  }
};

/** @throws UsageError */
export const readReplayOptions = (args: readonly string[]): ReplayOptions => {
  const { prices, symbols, kind, from, to, format } = parse(args);
  if (!prices) throw new UsageError(`--prices is missing; ${usage}`);
  const names = symbols?.split(',').map((it) => it.trim());
  const asked = names?.filter((it) => it !== '');
  if (asked?.length === 0) throw new UsageError('--symbols is empty; name at least one, or leave it out for all');
  const options: ReplayOptions = {
    prices,
    symbols: asked,
    kind: oneOf('kind', kind ?? 'stock', ['stock', 'index']),
    from: day('from', from, '0000-01-01'),
    to: day('to', to, '9999-12-31'),
    format: oneOf('format', format ?? 'ndjson', ['ndjson', 'text']),
  };
  if (options.from > options.to) throw new UsageError(`--from ${options.from} is after --to ${options.to}`);
  return options;
};
