import { PLATFORM_IDS, platformFacts } from '../../src/stories/platforms.ts';
import { normaliseText } from '../../src/util/normalise-text.ts';
import { OFF_WORDS } from './choice.ts';

/** How sources write tickers: `BRK-B`, `^IXIC`, `005930.KS`, `EURUSD=X`. */
const TICKER = /^[\^]?[A-Z0-9][A-Z0-9.=-]{0,14}$/;

/** A ticker in capitals, with or without a dollar sign before it; undefined for anything else. */
export const readTicker = (typed: string): string | undefined => {
  const text = typed.normalize('NFKC').trim().replace(/^\$/, '').toUpperCase();
  return TICKER.test(text) ? text : undefined;
};

const NO_ROLE_WORDS: ReadonlySet<string> = new Set([...OFF_WORDS, 'nobody', '해제']);

/** The platform's id of a role or a user group, or `none`. Undefined for anything else. */
export const readRole = (typed: string, platform: string): string | undefined => {
  if (NO_ROLE_WORDS.has(normaliseText(typed))) return 'none';
  const [, mentioned, bare] = platformFacts(platform).pings?.form.exec(typed.trim()) ?? [];
  return mentioned ?? bare;
};

/** Whether it has the form of a role on any platform. */
export const looksLikeRole = (typed: string): boolean =>
  PLATFORM_IDS.some((platform) => readRole(typed, platform) !== undefined);
