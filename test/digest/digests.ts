import { alertsFromCloses } from '../../src/digest/day-alerts.ts';
import { usualDigestAt } from '../../src/digest/digest-due.ts';
import { type DigestInput, sessionDigest, symbolBarsUpTo } from '../../src/digest/session-digest.ts';
import { loadCompanies } from '../../src/facts/companies.ts';
import { loadFacts } from '../../src/facts/fact-files.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import type { Bar } from '../../src/market/bar.ts';
import { createHistories, type Histories } from '../../src/market/history.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import type { SessionDigest } from '../../src/stories/digest-story.ts';
import { summer } from '../slides/samples.ts';

export const watchlist = loadWatchlist();
export const calendar = loadCalendar();
export const companies = loadCompanies();
export const facts = loadFacts();
export const ledger = createLedger(facts);

/** The recorded closes; `other` replaces those of a symbol. */
export const historiesWith = (other: Readonly<Record<string, readonly Bar[]>> = {}): Histories => {
  const histories = createHistories(watchlist);
  for (const { symbol, sumOf } of watchlist.symbols.values())
    if (!sumOf) histories.set(symbol, other[symbol] ?? summer(symbol), []);
  return histories;
};

const recorded = historiesWith();

/** The input of a session's digest at its usual time, from recorded closes. */
export const evening = (session: string, given: Partial<DigestInput> = {}): DigestInput => {
  const histories = given.histories ?? recorded;
  return {
    session,
    watchlist,
    calendar,
    histories,
    ledger,
    companies,
    alerts: alertsFromCloses(watchlist, symbolBarsUpTo(watchlist, histories, session), session),
    since: {
      before: usualDigestAt(calendar, calendar.previous(session)),
      asOf: usualDigestAt(calendar, session),
    },
    source: 'recorded',
    ...given,
  };
};

/** The digest of a session. @throws Error if the session has no closes. */
export const digestFor = (session: string, given: Partial<DigestInput> = {}): SessionDigest => {
  const story = sessionDigest(evening(session, given));
  if (!story) throw new Error(`expected a digest of ${session}`);
  return story;
};
