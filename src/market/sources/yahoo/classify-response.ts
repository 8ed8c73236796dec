import { retryAfterMs } from '../../../http/retry-after.ts';
import { consentWanted, sessionRefused, YahooFailure } from './failure.ts';
import { FUNDAMENTALS, whatFollows } from './what-follows.ts';

const CHART = '/v8/finance/chart/';
const CRUMB = '/v1/test/getcrumb';
const API = /^query\d\.finance\.yahoo\.com$/;

/** A crumb is a short word such as `Phb0wzVdPs6`. Yahoo also serves errors and pages in its place, with status 200. */
const isCrumb = (body: string): boolean => /^[^\s<>{}]{1,64}$/.test(body.trim());

/** Faults in which the question, not the asking, was at fault. */
const dataFault = (path: string, body: string): YahooFailure | undefined => {
  const room = [CHART, FUNDAMENTALS].find((start) => path.startsWith(start));
  if (room === undefined) return undefined;
  if (/"code"\s*:\s*"Not Found"/.test(body)) {
    const ticker = decodeURIComponent(path.slice(room.length));
    return new YahooFailure(
      'unknown-symbol',
      `Yahoo has no symbol '${ticker}'; check its spelling in config/watchlist.yaml`,
    );
  }
  if (room === CHART && body.includes("Data doesn't exist")) {
    return new YahooFailure('refused', 'Yahoo has no bars for the period', { cue: 'no-data' });
  }
  return undefined;
};

/**
 * Refuses every answer that the client library must not see: it would take junk for a crumb, and it prints the
 * address, crumb included, of whatever is not 2xx.
 *
 * @param target Yahoo's own address, whatever stood in for its origin
 * @throws {YahooFailure}
 */
export const classifyResponse = (
  { hostname, pathname: path }: URL,
  { status, headers }: Response,
  body: string,
): void => {
  // 999 is what Yahoo's edge has long answered to clients that it finds too busy.
  if (status === 429 || status === 999) {
    throw new YahooFailure('throttled', `Yahoo is rate limiting us (HTTP ${status}); ${whatFollows(path)}`, {
      retryAfterMs: retryAfterMs(headers),
    });
  }
  if (status >= 500) {
    throw new YahooFailure('unreachable', `Yahoo is having problems (HTTP ${status}); ${whatFollows(path)}`);
  }
  // The pages that hand out cookies and ask for consent redirect as a habit, and set cookies with any status.
  if (!API.test(hostname)) return;
  if (status === 401) throw sessionRefused();
  if (status >= 400) {
    throw dataFault(path, body) ?? new YahooFailure('refused', `Yahoo rejected the request (HTTP ${status})`);
  }
  const page = headers.get('content-type')?.includes('text/html') ?? false;
  if (/guce|consent/i.test(headers.get('location') ?? (page ? body : ''))) throw consentWanted();
  if (status >= 300) throw new YahooFailure('refused', `Yahoo redirected the request (HTTP ${status})`);
  if (path === CRUMB && !isCrumb(body)) {
    throw new YahooFailure('throttled', 'Yahoo is rate limiting us (invalid session token); prices are delayed', {
      cue: 'forget',
    });
  }
};
