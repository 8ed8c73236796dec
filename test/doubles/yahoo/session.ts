import { randomBytes } from 'node:crypto';
import { type Answer, refusal, text } from './answers.ts';

/** Whether the double sends newcomers through the EU consent pages, and whether those ever let anybody through. */
export type Consent = 'none' | 'asked' | 'stuck';

const moved = (status: number, location: string, cookies: readonly string[] = []): Answer => ({
  status,
  headers: { location, ...(cookies.length > 0 && { 'set-cookie': cookies }) },
  body: '',
});

const page = (body: string, cookies: readonly string[] = []): Answer => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', ...(cookies.length > 0 && { 'set-cookie': cookies }) },
  body,
});

const YEAR = 'Max-Age=31536000; Domain=.yahoo.com; Path=/; Secure; HttpOnly';
const CONSENT_FORM =
  '<form method="post"><input type="hidden" name="csrfToken" value="csrf-1"><input type="hidden" name="sessionId" value="3_cc-session_1"></form>';

/** Cookies, crumbs and consent: who may ask. A crumb holds for the cookie that it was given to, until it expires. */
export const createSessions = (consent: Consent) => {
  const crumbs = new Map<string, string>();

  const newcomer = (): string[] => {
    const id = randomBytes(6).toString('hex');
    return [`A3=${id}; ${YEAR}`, `A1=${id}; ${YEAR}`];
  };
  const visitor = (cookies: string | undefined): string | undefined => /(?:^|; )A3=([^;]+)/.exec(cookies ?? '')?.[1];

  return {
    /** Every crumb given so far is refused from now on. */
    expire: (): void => crumbs.clear(),

    quotePage(query: URLSearchParams): Answer {
      if (consent === 'none' || query.has('guccounter')) return page('<html>AAPL</html>', newcomer());
      const done = encodeURIComponent('https://finance.yahoo.com/quote/AAPL');
      return moved(307, `https://guce.yahoo.com/consent?brandType=nonEu&gcrumb=x&done=${done}`, [
        'GUCS=x; Max-Age=1800; Domain=.yahoo.com; Path=/; Secure',
      ]);
    },

    consentPage(method: string, path: string): Answer {
      if (path === '/consent')
        return moved(302, 'https://consent.yahoo.com/v2/collectConsent?sessionId=3_cc-session_1');
      if (path === '/copyConsent') {
        return moved(302, 'https://finance.yahoo.com/quote/AAPL?guccounter=1', [`GUC=x; ${YEAR}`, ...newcomer()]);
      }
      if (method !== 'POST' || consent === 'stuck') return page(CONSENT_FORM);
      return moved(302, 'https://guce.yahoo.com/copyConsent?sessionId=3_cc-session_1&lang=en-GB', [
        'CFC=x; Max-Age=31536000; Domain=consent.yahoo.com; Path=/; Secure',
      ]);
    },

    crumb(cookies: string | undefined): Answer {
      const who = visitor(cookies);
      if (who === undefined) return refusal(401, 'finance', 'Unauthorized', 'Invalid Cookie');
      const crumb = crumbs.get(who) ?? randomBytes(8).toString('base64url');
      crumbs.set(who, crumb);
      return text(200, crumb);
    },

    /** The refusal that a data request earns, or undefined where its crumb is good. */
    refusalFor(cookies: string | undefined, query: URLSearchParams): Answer | undefined {
      const crumb = crumbs.get(visitor(cookies) ?? '');
      if (crumb !== undefined && crumb === query.get('crumb')) return undefined;
      return refusal(401, 'finance', 'Unauthorized', 'Invalid Crumb');
    },
  };
};
