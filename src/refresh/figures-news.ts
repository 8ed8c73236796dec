import { companyBillQuarters } from '../facts/bill-quarters.ts';
import type { Fact } from '../facts/fact.ts';
import { reportedFigures } from '../facts/figures.ts';
import { guidanceInForce } from '../facts/guidance.ts';
import { knownFrom } from '../facts/known-from.ts';
import type { Ledger } from '../facts/ledger.ts';
import type { SymbolName } from '../market/symbol-name.ts';
import type { FiguresStory } from '../stories/figures-story.ts';
import { DAY_MS } from '../util/durations.ts';

/** A figure published longer ago is not news. */
const MAX_NEWS_AGE_MS = 4 * DAY_MS;

/** Whether what came out at an instant is news at another; both epoch milliseconds. */
export const isNews = (at: number, now: number): boolean => now - at <= MAX_NEWS_AGE_MS;

/**
 * The story of a company's new facts: the newest quarter whose cash capex is among them. Undefined if there is none, if
 * it was published more than four days ago and `isStillNews` does not know better, or if it is a restatement. `ledger` already contains the facts.
 */
export const figuresNews = (
  ledger: Ledger,
  facts: readonly Fact[],
  nameOf: (subject: string) => SymbolName,
  now: number,
  isStillNews: (fact: Fact) => boolean = () => false,
): FiguresStory | undefined => {
  const capex = facts
    .filter(({ metric, supersedes }) => metric === 'capex_cash' && supersedes === undefined)
    .toSorted((a, b) => (a.period.end < b.period.end ? -1 : 1))
    .at(-1);
  if (!capex || (!isNews(knownFrom(capex), now) && !isStillNews(capex))) return undefined;
  const { subject, published } = capex;
  // For cards with prices a filing of this morning counts from the closing bell; its own card need not wait. A fact is
  // known after the instant from which it counts.
  const asOf = Math.max(now, knownFrom(capex) + 1);
  const figures = reportedFigures(ledger, subject, capex.period.end, asOf);
  const guidance = guidanceInForce(ledger, subject, asOf);
  const bill = companyBillQuarters(ledger, subject, capex.period.end, asOf);
  return (
    figures && {
      kind: 'figures',
      symbol: subject,
      name: nameOf(subject),
      published,
      figures,
      ...(guidance && { guidance }),
      ...(bill && { bill }),
    }
  );
};
