import { createServer, type ServerResponse } from 'node:http';
import { listenOnLoopback } from '../loopback.ts';

export interface TiingoQuote {
  /** Decimal. */
  readonly price: number;
  /** Epoch milliseconds of the trade. */
  readonly time: number;
  /** Decimal price. Default: the price. */
  readonly previousClose?: number;
}

/** One row as traded. */
export interface TiingoRow {
  readonly day: string;
  readonly close: number | null;
  readonly volume?: number;
  /** New shares for each old one, from this day on. */
  readonly splitFactor?: number;
}

/** `limit-as-text`: the monthly limit, which comes as a sentence with 200; `limit-in-200`: the same as JSON. */
export type TiingoFault =
  | 'throttled'
  | 'limit-as-text'
  | 'limit-in-200'
  | 'server-error'
  | 'html'
  | 'moved'
  | 'hang'
  | 'disconnect';

/** Tiingo on loopback: a token in the header or the address, fifty requests an hour, prices as traded. */
export interface TiingoDouble {
  readonly url: string;
  readonly token: string;
  /** Paths with their queries, as they came, the encoding of commas undone. */
  readonly paths: readonly string[];
  setQuote(ticker: string, quote: TiingoQuote): void;
  setRows(ticker: string, rows: readonly TiingoRow[]): void;
  /** Whether the key has a contract with the exchange; without one, IEX's own fields are null. Default: it has not. */
  entitle(isEntitled: boolean): void;
  /** Faults for requests to come; undefined lets one through. */
  fail(decide: (path: string) => TiingoFault | undefined): void;
  heal(): void;
  /** The token is good no more. */
  revoke(): void;
  /** The hour is over: 50 more. */
  nextHour(): void;
  close(): Promise<void>;
}

const LIMIT = 50;
const OVER_HOUR =
  'Error: You have run over your hourly request allocation. Please upgrade at https://api.tiingo.com/pricing to have your limits increased.';
const OVER_MONTH =
  'You have run over your 500 symbol look up for this month. Please upgrade at https://api.tiingo.com/pricing to have your limits increased.';

/** "2020-06-26T12:07:42.694741256-04:00", in the offset of summer. */
const nanoseconds = (at: number): string => `${new Date(at - 14_400_000).toISOString().replace('Z', '')}741256-04:00`;

const entryOf = (ticker: string, { price, time, previousClose = price }: TiingoQuote, isEntitled: boolean): unknown => {
  const own = isEntitled ? { last: price, lastSaleTimestamp: nanoseconds(time) } : {};
  return {
    ...{ ticker, timestamp: nanoseconds(time), tngoLast: price, prevClose: previousClose },
    ...{ last: null, lastSize: null, lastSaleTimestamp: null, quoteTimestamp: null, ...own },
    ...{ bidPrice: null, bidSize: null, askPrice: null, askSize: null, mid: null },
    ...{ open: price, high: price, low: price, volume: 1_000 },
  };
};

const rowOf = ({ day, close, volume = 1_000, splitFactor = 1 }: TiingoRow): unknown => ({
  date: `${day}T00:00:00.000Z`,
  ...{ close, high: close, low: close, open: close, volume },
  // Adjusted for dividends, too: another number on purpose.
  ...{ adjClose: close === null ? null : close / 7, adjHigh: 1, adjLow: 1, adjOpen: 1, adjVolume: 1 },
  ...{ divCash: 0.25, splitFactor },
});

export const startTiingoDouble = async (): Promise<TiingoDouble> => {
  const token = 'tiingo-double-token';
  const quotes = new Map<string, TiingoQuote>();
  const series = new Map<string, readonly TiingoRow[]>();
  const paths: string[] = [];
  let decide: (path: string) => TiingoFault | undefined = () => undefined;
  let isGood = true;
  let isEntitled = false;
  let left = LIMIT;

  const pricesOf = (ticker: string, from: string, send: (status: number, body: unknown) => void): void => {
    const rows = series.get(ticker);
    if (rows) send(200, rows.filter(({ day }) => day >= from).map(rowOf));
    else send(404, { detail: 'Not found.' });
  };

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://double');
    const path = decodeURIComponent(request.url ?? '');
    paths.push(path);
    const send = (status: number, body: unknown, to: ServerResponse = response): void => {
      to.setHeader('content-type', 'application/json');
      to.writeHead(status).end(JSON.stringify(body));
    };
    const key = /^Token (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? searchParams.get('token');
    if (key === null) return send(403, { detail: 'Please supply a token.' });
    if (key !== token || !isGood) return send(401, { detail: 'Invalid token.' });
    const fault = decide(path);
    if (fault === 'hang') return;
    if (fault === 'disconnect') return void request.socket.destroy();
    if (fault === 'server-error') return send(502, { detail: 'Bad gateway' });
    if (fault === 'html') return void response.writeHead(200).end('<!doctype html><title>Tiingo</title>');
    if (fault === 'moved') return void response.writeHead(301, { location: '/elsewhere' }).end();
    if (fault === 'limit-as-text') return void response.writeHead(200).end(OVER_MONTH);
    if (fault === 'limit-in-200') return send(200, { detail: OVER_HOUR });
    if (fault === 'throttled' || left === 0) return send(429, { detail: OVER_HOUR });
    left -= 1;
    const [, ticker] = /^\/tiingo\/daily\/([^/]+)\/prices$/.exec(pathname) ?? [];
    if (ticker) return pricesOf(decodeURIComponent(ticker), searchParams.get('startDate') ?? '', send);
    if (pathname !== '/iex/') return send(404, { detail: 'Not found.' });
    const asked = (searchParams.get('tickers') ?? '').split(',');
    // In an order of its own, without those it does not know.
    const entries = asked.toReversed().flatMap((name) => {
      const quote = quotes.get(name);
      return quote ? [entryOf(name, quote, isEntitled)] : [];
    });
    send(200, entries);
  });
  const { url, close } = await listenOnLoopback(server);

  return {
    url,
    token,
    paths,
    setQuote: (ticker, quote) => void quotes.set(ticker, quote),
    setRows: (ticker, rows) => void series.set(ticker, rows),
    entitle: (is) => {
      isEntitled = is;
    },
    fail: (how) => {
      decide = how;
    },
    heal: () => {
      decide = () => undefined;
    },
    revoke: () => {
      isGood = false;
    },
    nextHour: () => {
      left = LIMIT;
    },
    close,
  };
};
