import {
  consentWanted,
  consequenceOf,
  FUNDAMENTALS_PATH,
  REFUSED,
  sessionRefused,
  YahooFailure,
  yahooFailures,
} from './failure.ts';

const CHART_PATH = '/v8/finance/chart/';
const CRUMB_PATH = '/v1/test/getcrumb';
const API_HOST = /^query\d\.finance\.yahoo\.com$/;

/** A crumb is a short word such as `Phb0wzVdPs6`. Yahoo also sends error texts and pages instead, with status 200. */
const isCrumb = (body: string): boolean => /^[^\s<>{}]{1,64}$/.test(body.trim());

/** The failure of a request for data that Yahoo does not have; undefined for other 4xx answers. */
const dataFailure = (path: string, body: string): YahooFailure | undefined => {
  const endpoint = [CHART_PATH, FUNDAMENTALS_PATH].find((start) => path.startsWith(start));
  if (endpoint === undefined) return undefined;
  if (/"code"\s*:\s*"Not Found"/.test(body)) {
    const ticker = decodeURIComponent(path.slice(endpoint.length));
    return new YahooFailure(
      'unknown-symbol',
      `Yahoo has no symbol '${ticker}'; check its spelling in config/watchlist.yaml`,
    );
  }
  if (endpoint === CHART_PATH && body.includes("Data doesn't exist")) {
    return new YahooFailure('refused', 'Yahoo has no bars for the period', { cue: 'no-data' });
  }
  return undefined;
};

/**
 * Throws for every answer that the client library must not see: the library would take junk for a crumb, and it prints
 * the address, crumb included, of any answer that is not 2xx.
 *
 * @param target Yahoo's own address, even if another origin answered
 * @throws {YahooFailure}
 */
export const classifyResponse = ({ hostname, pathname: path }: URL, response: Response, body: string): void => {
  const { status, headers } = response;
  const failure = yahooFailures.ofStatus(response, consequenceOf(path));
  if (failure) throw failure;
  // Yahoo's cookie and consent pages normally redirect, and set cookies with any status.
  if (!API_HOST.test(hostname)) return;
  if (status === 401) throw sessionRefused();
  if (status >= 400) throw dataFailure(path, body) ?? yahooFailures.refused(status);
  const page = headers.get('content-type')?.includes('text/html') ?? false;
  if (/guce|consent/i.test(headers.get('location') ?? (page ? body : ''))) throw consentWanted();
  if (status >= 300)
    throw new YahooFailure('refused', `Yahoo redirected the request (HTTP ${status})`, { remedy: REFUSED });
  if (path === CRUMB_PATH && !isCrumb(body)) {
    throw new YahooFailure('throttled', 'Yahoo is rate limiting us (invalid session token); prices are delayed', {
      cue: 'forget',
      remedy: REFUSED,
    });
  }
};
