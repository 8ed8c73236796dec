import type { Catalogue } from '../../src/i18n/catalogue.ts';
import { bareTicker, dashedTicker } from '../../src/market/share-class.ts';
import { PLATFORM_IDS, platformFacts } from '../../src/stories/platforms.ts';
import { normaliseText } from '../../src/util/normalise-text.ts';

/** How sources write tickers: `BRK-B`, `^IXIC`, `005930.KS`, `EURUSD=X`. */
const TICKER = /^[\^]?[A-Z0-9][A-Z0-9.=-]{0,14}$/;

/** What pings everybody on a platform. */
const EVERYBODY = /^@(everyone|here|channel)$/i;

/**
 * A ticker in capitals, without what people write around it, such as a dollar sign; undefined for anything else. A share class after a slash
 * or a blank, which no source writes, gets a dash.
 */
export const readTicker = (typed: string): string | undefined => {
  if (EVERYBODY.test(typed.trim())) return undefined;
  const text = bareTicker(typed).toUpperCase();
  return TICKER.test(text) ? text : dashedTicker(text);
};

/** The platform's id of a role or a user group, or `none`. Undefined for anything else. */
export const readRole = (catalogue: Catalogue, typed: string, platform: string): string | undefined => {
  const { off, clear } = catalogue.typed.value;
  const text = normaliseText(typed);
  if (off.includes(text) || clear.includes(text)) return 'none';
  const [, mentioned, bare] = platformFacts(platform).pings?.form.exec(typed.trim()) ?? [];
  return mentioned ?? bare;
};

/** Whether it has the form of a role on any platform. */
export const looksLikeRole = (catalogue: Catalogue, typed: string): boolean =>
  PLATFORM_IDS.some((platform) => readRole(catalogue, typed, platform) !== undefined);
