import createYahooFinance from 'yahoo-finance2/createYahooFinance';
import { ExtendedCookieJar } from 'yahoo-finance2/lib/cookieJar';
import { getCrumbClear } from 'yahoo-finance2/lib/getCrumb';
import chart from 'yahoo-finance2/modules/chart';
import fundamentalsTimeSeries from 'yahoo-finance2/modules/fundamentalsTimeSeries';
import quote from 'yahoo-finance2/modules/quote';
import quoteSummary from 'yahoo-finance2/modules/quoteSummary';
import { asYahooFailure } from './failure.ts';

/** What is asked of the quote endpoint; it answers some two dozen more keys in any case. */
const FIELDS = ['symbol', 'regularMarketPrice', 'regularMarketTime', 'marketState', 'exchangeDataDelayedBy'];

const mute = (): void => {};
const silence = { info: mute, warn: mute, error: mute, debug: mute, dir: mute };

type Fetch = typeof globalThis.fetch;

/** The statements of a company, in the library's words. */
export type Statement = 'cash-flow' | 'financials';

/** Answers are Yahoo's JSON as it was sent. All reject with YahooFailure. */
export interface Client {
  /** One request for all tickers. */
  quote(tickers: readonly string[], fetch: Fetch): Promise<unknown>;
  /** All that the quote endpoint knows of a ticker. */
  find(ticker: string, fetch: Fetch): Promise<unknown>;
  /** Daily bars with `from <= time < to`, both epoch milliseconds, and the splits between. */
  chart(ticker: string, from: number, to: number, fetch: Fetch): Promise<unknown>;
  /** What stands in a company's calendar. */
  events(ticker: string, fetch: Fetch): Promise<unknown>;
  /** Every line of a statement, for the quarters that end between two times in epoch milliseconds. */
  quarterly(ticker: string, statement: Statement, from: number, to: number, fetch: Fetch): Promise<unknown>;
}

/**
 * A jar that leaves out a cookie that does not belong to its host. The library does not await what it stores from a
 * data answer, so that a rejection there would end the process.
 */
const createJar = (): ExtendedCookieJar => {
  const jar = new ExtendedCookieJar();
  const store = jar.setFromSetCookieHeaders.bind(jar);
  jar.setFromSetCookieHeaders = async (headers, url) => {
    for (const header of [headers ?? []].flat()) await store(header, url).catch(mute);
  };
  return jar;
};

/** What the library is shown in place of quarters: it prints odd ones to stdout, and stumbles over others. */
const NO_QUARTERS = JSON.stringify({ timeseries: { result: [], error: null } });

/**
 * The body of the last answer that a call was given, which is the one with the data. What the library returns in its
 * place has been coerced: it makes 1 of a price "1,234.5".
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

/** yahoo-finance2 with nothing shared, nothing printed and nothing validated but what we validate ourselves. */
export const createClient = (): Client => {
  const jar = createJar();
  const YahooFinance = createYahooFinance({ modules: { chart, fundamentalsTimeSeries, quote, quoteSummary } });
  const yahoo = new YahooFinance({
    cookieJar: jar,
    logger: silence,
    suppressNotices: ['yahooSurvey', 'ripHistorical'],
    versionCheck: false,
    validation: { logErrors: false, logOptionsErrors: false },
  });

  // Two calls that are refused with the same session renew it once, not each other's new one.
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

  return {
    quote: (tickers, fetch) =>
      inSession(() =>
        asSent(fetch, (tapped) =>
          yahoo.quote([...tickers], { fields: FIELDS }, { fetch: tapped, validateResult: false }),
        ),
      ),
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
              // As an array the library prints its complaint where columns and times differ in length.
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
