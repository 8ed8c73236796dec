import { join } from 'node:path';
import { foldedAlerts } from '../../src/digest/day-alerts.ts';
import { digestInstant } from '../../src/digest/digest-instant.ts';
import { type DigestInput, digestOf, recordsUpTo } from '../../src/digest/digest-of.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { loadFacts } from '../../src/facts/load.ts';
import type { Bar } from '../../src/market/bar.ts';
import { createHistories, type Histories } from '../../src/market/history.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import type { SessionDigest } from '../../src/stories/digest-story.ts';
import { root } from '../../src/util/read-config.ts';
import { summer } from '../slides/samples.ts';

export const watchlist = loadWatchlist();
export const calendar = loadCalendar();
export const facts = loadFacts(join(root, 'config/facts'));
export const ledger = createLedger(facts);

/** The recorded closes; `other` replaces those of a symbol. */
export const historiesWith = (other: Readonly<Record<string, readonly Bar[]>> = {}): Histories => {
  const histories = createHistories(watchlist);
  for (const { symbol, sumOf } of watchlist.symbols.values())
    if (!sumOf) histories.set(symbol, other[symbol] ?? summer(symbol), []);
  return histories;
};

const recorded = historiesWith();

/** What is asked for at the evening of a session, from recorded closes. */
export const evening = (session: string, given: Partial<DigestInput> = {}): DigestInput => {
  const histories = given.histories ?? recorded;
  return {
    session,
    watchlist,
    calendar,
    histories,
    ledger,
    alerts: foldedAlerts(watchlist, recordsUpTo(watchlist, histories, session), session),
    since: {
      before: digestInstant(calendar, calendar.previous(session)),
      asOf: digestInstant(calendar, session),
    },
    source: 'recorded',
    ...given,
  };
};

/** The digest of a session; a test that asks for none of a session without closes fails. */
export const digestFor = (session: string, given: Partial<DigestInput> = {}): SessionDigest => {
  const story = digestOf(evening(session, given));
  if (!story) throw new Error(`expected a digest of ${session}`);
  return story;
};
