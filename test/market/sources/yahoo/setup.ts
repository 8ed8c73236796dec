import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Listed, Source } from '../../../../src/market/source.ts';
import { SourceError } from '../../../../src/market/source.ts';
import { createYahooConnection } from '../../../../src/market/sources/yahoo/connection.ts';
import { createYahooFundamentals, type YahooFundamentals } from '../../../../src/market/sources/yahoo/fundamentals.ts';
import { createYahoo } from '../../../../src/market/sources/yahoo/index.ts';
import { startYahooDouble, type YahooDouble, type YahooDoubleOptions } from '../../../doubles/yahoo/index.ts';

export const NOW = Date.parse('2025-02-17T15:00:00Z');
export const MINUTE_MS = 60_000;

export const AAPL: Listed = { symbol: 'AAPL', ticker: 'AAPL' };
export const IXIC: Listed = { symbol: 'IXIC', ticker: '^IXIC' };

export interface Stage {
  readonly double: YahooDouble;
  readonly source: Source;
  /** On the connection of the source. */
  readonly fundamentals: YahooFundamentals;
  /** The waits that the source asked for, in milliseconds; none is really waited. */
  readonly waits: number[];
  readonly logged: Record<string, unknown>[];
}

interface StageOptions {
  readonly double?: YahooDoubleOptions;
  readonly timeoutMs?: number;
  readonly random?: () => number;
}

/** A double with AAPL and the Nasdaq on the market, and a source that asks it. */
export const stage = async ({ double: doubleOptions, timeoutMs = 5_000, random = () => 0 }: StageOptions = {}) => {
  const double = await startYahooDouble(doubleOptions);
  onTestFinished(() => double.close());
  double.setQuote('AAPL', { price: 244.6, time: NOW - 2_000 });
  double.setQuote('^IXIC', { price: 20_026.77, time: NOW - 1_000, delayMinutes: 15 });
  double.setBars('AAPL', [{ session: '2025-02-14', close: 244.6 }]);

  const waits: number[] = [];
  const logged: Record<string, unknown>[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => logged.push(JSON.parse(line)) });
  const wait = async (ms: number): Promise<void> => {
    waits.push(ms);
  };
  const options = { url: double.url, log, timeoutMs, wait, random };
  const connection = createYahooConnection(options);
  const source = createYahoo(options, connection);
  const fundamentals = createYahooFundamentals(options, connection);
  return { double, source, fundamentals, waits, logged } satisfies Stage;
};

/** The SourceError that a call must reject with. */
export const faultOf = async (call: Promise<unknown>): Promise<SourceError> => {
  const outcome = await call.catch((error: unknown) => error);
  if (outcome instanceof SourceError) return outcome;
  throw new Error('Expected the source to reject with a SourceError', { cause: outcome });
};

/** How often the double was asked for each thing: `{page: 1, crumb: 1, quote: 3}`. */
export const asked = ({ requests }: YahooDouble): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { endpoint } of requests) counts[endpoint] = (counts[endpoint] ?? 0) + 1;
  return counts;
};
