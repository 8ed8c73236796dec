import { type BillChange, billChanges } from '../../src/facts/bill-news.ts';
import { knownFrom } from '../../src/facts/known-from.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import type { BillStory } from '../../src/stories/bill-story.ts';
import { companies, curatedFacts, ledger } from '../facts/samples.ts';

const watchlist = loadWatchlist();

/** The story of what a company's release of a day changed, as it was known then. */
export const billStory = (subject: string, published: string, kind: BillChange['kind']): BillStory => {
  const facts = curatedFacts.filter((it) => it.subject === subject && it.published === published);
  const now = Math.max(...facts.map(knownFrom)) + 1;
  const change = billChanges(ledger, companies, facts, now).find((it) => it.kind === kind);
  if (!change) throw new Error(`no ${kind} of ${subject} on ${published}`);
  const name = watchlist.symbols.get(subject)?.name ?? { en: subject };
  return { kind: 'bill', symbol: kind === 'share' ? '*' : subject, company: subject, name, published, change };
};
