import createYahooFinance from 'yahoo-finance2/createYahooFinance';
import { ExtendedCookieJar } from 'yahoo-finance2/lib/cookieJar';
import { getCrumbClear } from 'yahoo-finance2/lib/getCrumb';
import chart from 'yahoo-finance2/modules/chart';
import fundamentalsTimeSeries from 'yahoo-finance2/modules/fundamentalsTimeSeries';
import quote from 'yahoo-finance2/modules/quote';
import quoteSummary from 'yahoo-finance2/modules/quoteSummary';
import { asYahooFailure } from './failure.ts';

/** Fields requested from the quote endpoint, which adds some two dozen others. */
const QUOTE_FIELDS = [
  'symbol',
  'regularMarketPrice',
  'regularMarketTime',
  'regularMarketPreviousClose',
  'marketState',
  'exchangeDataDelayedBy',
];

/** Percent fields are not among them: the same name is a percent in one answer and a fraction in another. */
const AFTER_HOURS_FIELDS = [
  'symbol',
  'regularMarketPrice',
  'regularMarketTime',
  'postMarketPrice',
  'postMarketTime',
  'marketState',
  'exchangeDataDelayedBy',
];

const ignore = (): void => {};
const silentLogger = { info: ignore, warn: ignore, error: ignore, debug: ignore, dir: ignore };

type Fetch = typeof globalThis.fetch;

/** A company's financial statements, as the library names them. */
export type Statement = 'cash-flow' | 'financials';

/** Yahoo's JSON as it was sent. All methods reject with YahooFailure. */
export interface Client {
  /** One request for all tickers. */
  quote(tickers: readonly string[], fetch: Fetch): Promise<unknown>;
  /** The same endpoint, for trades after the bell. */
  afterHours(tickers: readonly string[], fetch: Fetch): Promise<unknown>;
  /** All fields of the quote endpoint for a ticker. */
  find(ticker: string, fetch: Fetch): Promise<unknown>;
  /** Daily bars and splits with `from <= time < to`, both epoch milliseconds. */
  chart(ticker: string, from: number, to: number, fetch: Fetch): Promise<unknown>;
  /** A company's calendar. */
  events(ticker: string, fetch: Fetch): Promise<unknown>;
  /** Every line of a statement, for the quarters that end between two times in epoch milliseconds. */
  quarterly(ticker: string, statement: Statement, from: number, to: number, fetch: Fetch): Promise<unknown>;
}

/**
 * A jar that ignores cookies that do not belong to their host. The library does not await the cookies that it stores from
 * a data answer, so a rejection there would end the process.
 */
const createJar = (): ExtendedCookieJar => {
  const jar = new ExtendedCookieJar();
  const store = jar.setFromSetCookieHeaders.bind(jar);
  jar.setFromSetCookieHeaders = async (headers, url) => {
    for (const header of [headers ?? []].flat()) await store(header, url).catch(ignore);
  };
  return jar;
};

/** Given to the library in place of the quarters: it prints some to stdout and fails on others. */
const NO_QUARTERS = JSON.stringify({ timeseries: { result: [], error: null } });

/**
 * The body of the call's last answer, which is the one with the data. The library's own result is coerced: a price of
 * "1,234.5" becomes 1.
 */
const asSent = async (
  fetch: Fetch,
  call: (fetch: Fetch) => Promise<unknown>,
  shownInstead?: string,
): Promise<unknown> => {
  let body = '';
  await call(async (input, init) => {
    const response = await fetch(input, init);
    body = await response.clone().text();
    return shownInstead === undefined ? response : new Response(shownInstead, response);
  });
  return JSON.parse(body);
};

/** yahoo-finance2 without shared state, output and validation. */
export const createClient = (): Client => {
  const jar = createJar();
  const YahooFinance = createYahooFinance({ modules: { chart, fundamentalsTimeSeries, quote, quoteSummary } });
  const yahoo = new YahooFinance({
    cookieJar: jar,
    logger: silentLogger,
    suppressNotices: ['yahooSurvey', 'ripHistorical'],
    versionCheck: false,
    validation: { logErrors: false, logOptionsErrors: false },
  });

  // Two calls that are refused with the same session renew it once.
  let session = 0;
  let cleared = Promise.resolve();
  const clear = (seen: number): Promise<void> => {
    if (seen === session) {
      session += 1;
      cleared = getCrumbClear(jar);
    }
    return cleared;
  };

  const inSession = async <T>(ask: () => Promise<T>): Promise<T> => {
    const seen = session;
    try {
      return await ask();
    } catch (error) {
      const failure = asYahooFailure(error);
      if (failure.cue !== 'renew' && failure.cue !== 'forget') throw failure;
      await clear(seen);
      if (failure.cue === 'forget') throw failure;
      return await ask().catch((again: unknown) => {
        throw asYahooFailure(again);
      });
    }
  };

  const askQuotes = (tickers: readonly string[], fields: string[], fetch: Fetch): Promise<unknown> =>
    inSession(() =>
      asSent(fetch, (tapped) => yahoo.quote([...tickers], { fields }, { fetch: tapped, validateResult: false })),
    );

  return {
    quote: (tickers, fetch) => askQuotes(tickers, QUOTE_FIELDS, fetch),
    afterHours: (tickers, fetch) => askQuotes(tickers, AFTER_HOURS_FIELDS, fetch),
    find: (ticker, fetch) =>
      inSession(() => asSent(fetch, (tapped) => yahoo.quote([ticker], {}, { fetch: tapped, validateResult: false }))),
    chart: (ticker, from, to, fetch) =>
      inSession(() =>
        asSent(fetch, (tapped) =>
          yahoo.chart(
            encodeURIComponent(ticker),
            {
              period1: new Date(from),
              period2: new Date(to),
              interval: '1d',
              events: 'split',
              includePrePost: false,
              // With 'array' the library prints a complaint if columns and times differ in length.
              return: 'object',
            },
            { fetch: tapped, validateResult: false },
          ),
        ),
      ),
    events: (ticker, fetch) =>
      inSession(() =>
        asSent(fetch, (tapped) =>
          yahoo.quoteSummary(
            encodeURIComponent(ticker),
            { modules: ['calendarEvents'] },
            { fetch: tapped, validateResult: false },
          ),
        ),
      ),
    quarterly: (ticker, statement, from, to, fetch) =>
      inSession(() =>
        asSent(
          fetch,
          (tapped) =>
            yahoo.fundamentalsTimeSeries(
              encodeURIComponent(ticker),
              { period1: new Date(from), period2: new Date(to), type: 'quarterly', module: statement },
              { fetch: tapped, validateResult: false },
            ),
          NO_QUARTERS,
        ),
      ),
  };
};
