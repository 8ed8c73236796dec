import type { Calendar, SessionDate } from '../../src/market/calendar.ts';
import type { YahooDouble } from '../doubles/yahoo/index.ts';

export const MINUTE = 60_000;

/** An instant by New York's clock. */
export const at = (session: SessionDate, time: string): number =>
  Temporal.PlainDateTime.from(`${session}T${time}`).toZonedDateTime('America/New_York').epochMilliseconds;

/** What a share costs before anything happens. With the watchlist's shares the seven are worth about 15,140 billion USD. */
export const START: Readonly<Record<string, number>> = {
  AAPL: 200,
  MSFT: 400,
  GOOGL: 170,
  AMZN: 200,
  META: 600,
  NVDA: 100,
  TSLA: 300,
  '^IXIC': 20_000,
};

/** Prices that stand still until the test moves them, with a trade every minute. */
export interface Market {
  /** Closes of this session and of the `count` - 1 before it, all at today's prices. */
  past(last: SessionDate, count: number): void;
  /** Multiplies what was paid at the beginning: 0.9 is 10 % below. */
  move(ticker: string, factor: number): void;
  /** From this session on a share is a tenth of one; charts read so from now on. */
  splitTenForOne(ticker: string, session: SessionDate): void;
  /** Every ticker has traded a second ago; those in `except` keep the quote they have. */
  trade(now: number, except?: readonly string[]): void;
  /** The session has ended at the last prices. */
  close(session: SessionDate): void;
}

export const playMarket = (double: YahooDouble, calendar: Calendar): Market => {
  const tickers = Object.keys(START);
  const prices = new Map(Object.entries(START));
  const shareOf = new Map(tickers.map((ticker) => [ticker, 1]));
  const bars = new Map(tickers.map((ticker): [string, { session: string; close: number }[]] => [ticker, []]));
  const price = (ticker: string): number =>
    Math.round(((prices.get(ticker) ?? 0) / (shareOf.get(ticker) ?? 1)) * 100) / 100;
  const note = (session: SessionDate): void => {
    for (const [ticker, own] of bars) {
      own.push({ session, close: price(ticker) });
      double.setBars(ticker, own);
    }
  };
  return {
    past: (last, count) => {
      const sessions = [last];
      while (sessions.length < count) sessions.unshift(calendar.previous(sessions[0] ?? last));
      for (const session of sessions) note(session);
    },
    move: (ticker, factor) => void prices.set(ticker, (START[ticker] ?? 0) * factor),
    splitTenForOne: (ticker, session) => {
      shareOf.set(ticker, 10);
      double.addSplit(ticker, { session, numerator: 10, denominator: 1 });
    },
    trade: (now, except = []) => {
      for (const ticker of tickers)
        if (!except.includes(ticker)) double.setQuote(ticker, { price: price(ticker), time: now - 1_000 });
    },
    close: note,
  };
};
