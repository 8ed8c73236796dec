import { type BillChange, billChanges, keyOfChange } from '../facts/bill-news.ts';
import type { Companies } from '../facts/companies.ts';
import type { Fact } from '../facts/fact.ts';
import { knownFrom } from '../facts/known-from.ts';
import type { Ledger } from '../facts/ledger.ts';
import type { Watchlist } from '../market/watchlist.ts';
import { enqueueForAll } from '../outbox/enqueue.ts';
import { noteBillNews } from '../store/bill-news.ts';
import type { Db } from '../store/store.ts';
import type { BillStory } from '../stories/bill-story.ts';

interface BillNewsParts {
  readonly watchlist: Watchlist;
  readonly companies: Pick<Companies, 'four'>;
  /** IANA name: the zone of channels without one of their own. */
  readonly timeZone: string;
}

const storyOf = (change: BillChange, { subject, published }: Fact, watchlist: Watchlist): BillStory => ({
  kind: 'bill',
  symbol: change.kind === 'share' ? '*' : subject,
  company: subject,
  name: watchlist.symbols.get(subject)?.name ?? { en: subject },
  published,
  change,
});

/**
 * Enqueues what a company's new facts change on the bill, each change once for ever, in the transaction that writes the
 * facts. `ledger` already contains them; those that are no news any more are to be left out.
 */
export const enqueueBillNews = async (
  db: Db,
  parts: BillNewsParts,
  ledger: Ledger,
  facts: readonly Fact[],
  now: number,
): Promise<void> => {
  const [first, ...rest] = facts;
  if (!first) return;
  const newest = rest.reduce((a, b) => (knownFrom(b) > knownFrom(a) ? b : a), first);
  // A fact is known after the instant from which it counts; its own card need not wait for that.
  const asOf = Math.max(now, knownFrom(newest) + 1);
  for (const change of billChanges(ledger, parts.companies, facts, asOf)) {
    if (!(await noteBillNews(db, keyOfChange(change), now))) continue;
    const { watchlist } = parts;
    await enqueueForAll(db, parts, storyOf(change, newest, watchlist), { now, dueAt: now });
  }
};
