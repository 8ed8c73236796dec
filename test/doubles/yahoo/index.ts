import { createServer, type IncomingMessage } from 'node:http';
import { sendDate } from '../date-header.ts';
import { listenOnLoopback } from '../loopback.ts';
import { type Answer, chartAnswer, quoteAnswer, text } from './answers.ts';
import { calendarEventsAnswer, type DoubleReport, QUOTE_SUMMARY } from './calendar-events.ts';
import { createFaults, type Decide, type DoubleRequest, type Endpoint, type FailPlan } from './faults.ts';
import { type DoubleQuarter, FUNDAMENTALS, fundamentalsAnswer } from './fundamentals.ts';
import { type DoubleBar, type DoubleQuote, type DoubleSplit, emptyMarket } from './market.ts';
import { type Consent, createSessions } from './session.ts';

export interface YahooDoubleOptions {
  /** Default: 0, any free port. */
  readonly port?: number;
  /** Epoch milliseconds; what its answers are dated with. Default: the computer's. */
  readonly now?: () => number;
  /** Default: `none`. */
  readonly consent?: Consent;
}

/** Yahoo Finance on loopback, as far as yahoo-finance2 asks it for quotes, charts and fundamentals. */
export interface YahooDouble {
  /** The origin to give to the source. */
  readonly url: string;
  /** Everything that was asked, in order. */
  readonly requests: readonly DoubleRequest[];
  /** null takes the ticker off the market. */
  setQuote(ticker: string, quote: DoubleQuote | null): void;
  /** Oldest first, as they were traded. */
  setBars(ticker: string, bars: readonly DoubleBar[]): void;
  /** From now on, charts are adjusted for it and report it. */
  addSplit(ticker: string, split: DoubleSplit): void;
  /** Oldest first. A ticker without is unknown to this endpoint. */
  setFundamentals(ticker: string, quarters: readonly DoubleQuarter[]): void;
  /** A ticker without is unknown to this endpoint. */
  setReport(ticker: string, report: DoubleReport): void;
  /** Faults for requests to come, or a function that decides on each of them. */
  fail(plan: FailPlan | Decide): void;
  /** Forgets every planned fault. */
  heal(): void;
  /** Refuses every crumb given so far. */
  expireCrumbs(): void;
  close(): Promise<void>;
}

const CHART = '/v8/finance/chart/';

const endpointOf = (path: string): Endpoint | undefined => {
  if (path.startsWith(CHART)) return 'chart';
  if (path.startsWith(FUNDAMENTALS)) return 'fundamentals';
  if (path.startsWith(QUOTE_SUMMARY)) return 'events';
  if (path === '/v7/finance/quote') return 'quote';
  if (path === '/v1/test/getcrumb') return 'crumb';
  if (path.startsWith('/quote/')) return 'page';
  return ['/consent', '/v2/collectConsent', '/copyConsent'].includes(path) ? 'consent' : undefined;
};

const requestOf = (incoming: IncomingMessage): DoubleRequest | undefined => {
  const { pathname: path, searchParams: query } = new URL(incoming.url ?? '/', 'http://double');
  const endpoint = endpointOf(path);
  if (endpoint === undefined) return undefined;
  return { endpoint, method: incoming.method ?? 'GET', path, query, headers: incoming.headers };
};

/** Starts the double on 127.0.0.1. It answers like the real one until `fail` says otherwise. */
export const startYahooDouble = async ({
  port = 0,
  now = Date.now,
  consent = 'none',
}: YahooDoubleOptions = {}): Promise<YahooDouble> => {
  const market = emptyMarket();
  const fundamentals = new Map<string, readonly DoubleQuarter[]>();
  const reports = new Map<string, DoubleReport>();
  const sessions = createSessions(consent);
  const faults = createFaults();
  const requests: DoubleRequest[] = [];

  const answer = ({ endpoint, method, path, query, headers }: DoubleRequest): Answer => {
    switch (endpoint) {
      case 'page':
        return sessions.quotePage(query);
      case 'consent':
        return sessions.consentPage(method, path);
      case 'crumb':
        return sessions.crumb(headers.cookie?.toString());
      case 'quote':
        return sessions.refusalFor(headers.cookie?.toString(), query) ?? quoteAnswer(market, query);
      case 'chart':
        return chartAnswer(market, decodeURIComponent(path.slice(CHART.length)), query);
      case 'events':
        return (
          sessions.refusalFor(headers.cookie?.toString(), query) ??
          calendarEventsAnswer(reports, decodeURIComponent(path.slice(QUOTE_SUMMARY.length)))
        );
      case 'fundamentals':
        return fundamentalsAnswer(fundamentals, decodeURIComponent(path.slice(FUNDAMENTALS.length)), query);
    }
  };

  const server = createServer((incoming, outgoing) => {
    const request = requestOf(incoming);
    if (request !== undefined) requests.push(request);
    const struck = request && faults.strike(request);
    if (struck === 'hang') return;
    if (struck === 'disconnect') {
      incoming.socket.destroy();
      return;
    }
    const { status, headers, body } = struck ?? (request ? answer(request) : text(404, 'Not Found'));
    sendDate(outgoing, now);
    for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
    outgoing.writeHead(status).end(body);
  });
  const { url, close } = await listenOnLoopback(server, port);

  return {
    url,
    requests,
    setQuote: (ticker, quote) => {
      if (quote === null) market.quotes.delete(ticker);
      else market.quotes.set(ticker, quote);
    },
    setBars: (ticker, bars) => {
      market.bars.set(ticker, bars);
    },
    addSplit: (ticker, split) => {
      market.splits.set(ticker, [...(market.splits.get(ticker) ?? []), split]);
    },
    setFundamentals: (ticker, quarters) => {
      fundamentals.set(ticker, quarters);
    },
    setReport: (ticker, report) => {
      reports.set(ticker, report);
    },
    fail: faults.add,
    heal: faults.clear,
    expireCrumbs: sessions.expire,
    close,
  };
};
