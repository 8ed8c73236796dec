import { createServer, type ServerResponse } from 'node:http';
import { listenOnLoopback } from '../loopback.ts';

export interface FinnhubQuote {
  /** Decimal. */
  readonly price: number;
  /** Epoch milliseconds of the trade. */
  readonly time: number;
  /** Decimal price. Default: the price. */
  readonly previousClose?: number;
}

/** `no-access`: a symbol that the key may not see. */
export type FinnhubFault = 'throttled' | 'server-error' | 'no-access' | 'html' | 'hang' | 'disconnect';

/** Finnhub's quotes on loopback: one symbol a request, a key in the header or the address, 60 requests a minute. */
export interface FinnhubDouble {
  readonly url: string;
  readonly token: string;
  /** The symbols that were asked for, in order. */
  readonly asked: readonly string[];
  /** Paths with their queries, as they came. */
  readonly paths: readonly string[];
  setQuote(symbol: string, quote: FinnhubQuote): void;
  /** Faults for requests to come; undefined lets one through. */
  fail(decide: (symbol: string) => FinnhubFault | undefined): void;
  heal(): void;
  /** The key is good no more. */
  revoke(): void;
  /** The minute is over: 60 more. */
  nextMinute(): void;
  close(): Promise<void>;
}

const LIMIT = 60;
const UNKNOWN = { c: 0, d: null, dp: null, h: 0, l: 0, o: 0, pc: 0, t: 0 };

const answerOf = (quote: FinnhubQuote | undefined): unknown => {
  if (quote === undefined) return UNKNOWN;
  const { price, time, previousClose: pc = price } = quote;
  const [d, dp] = [price - pc, (price / pc - 1) * 100];
  return { c: price, d, dp, h: price, l: price, o: price, pc, t: Math.floor(time / 1000) };
};

export const startFinnhubDouble = async (): Promise<FinnhubDouble> => {
  const token = 'finnhub-double-key';
  const quotes = new Map<string, FinnhubQuote>();
  const asked: string[] = [];
  const paths: string[] = [];
  let decide: (symbol: string) => FinnhubFault | undefined = () => undefined;
  let good = true;
  let left = LIMIT;

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://double');
    paths.push(request.url ?? '');
    const send = (status: number, body: unknown, to: ServerResponse = response): void => {
      to.setHeader('x-ratelimit-limit', LIMIT);
      to.setHeader('x-ratelimit-remaining', left);
      to.setHeader('x-ratelimit-reset', Math.floor(Date.now() / 1000) + 30);
      to.setHeader('content-type', 'application/json; charset=utf-8');
      to.writeHead(status).end(JSON.stringify(body));
    };
    if (pathname !== '/api/v1/quote') return send(404, { error: 'Not found' });
    const key = request.headers['x-finnhub-token'] ?? searchParams.get('token');
    if (key === null) return send(401, { error: 'Please use an API key.' });
    if (key !== token || !good) return send(401, { error: 'Invalid API key' });
    const symbol = searchParams.get('symbol') ?? '';
    asked.push(symbol);
    const fault = decide(symbol);
    if (fault === 'hang') return;
    if (fault === 'disconnect') return void request.socket.destroy();
    if (fault === 'server-error') return send(502, { error: 'Bad gateway' });
    if (fault === 'no-access') return send(403, { error: "You don't have access to this resource." });
    if (fault === 'html') return void response.writeHead(200).end('<html>');
    if (fault === 'throttled' || left === 0)
      return send(429, { error: 'API limit reached. Please try again later. Remaining Limit: 0' });
    left -= 1;
    send(200, answerOf(quotes.get(symbol)));
  });
  const { url, close } = await listenOnLoopback(server);

  return {
    url,
    token,
    asked,
    paths,
    setQuote: (symbol, quote) => void quotes.set(symbol, quote),
    fail: (how) => {
      decide = how;
    },
    heal: () => {
      decide = () => undefined;
    },
    revoke: () => {
      good = false;
    },
    nextMinute: () => {
      left = LIMIT;
    },
    close,
  };
};
