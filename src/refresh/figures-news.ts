import type { Fact } from '../facts/fact.ts';
import { figuresOf } from '../facts/figures.ts';
import { guidanceInForce } from '../facts/guidance.ts';
import { knownFrom } from '../facts/known-from.ts';
import type { Ledger } from '../facts/ledger.ts';
import type { FiguresStory } from '../stories/figures-story.ts';

/** A figure published longer ago than this is no news. */
const NEWS_MS = 4 * 24 * 3_600_000;

/**
 * The story that new facts of one company are worth: of the newest quarter whose cash capex is among them, where it
 * was published in the last four days and is no restatement. `ledger` holds the facts already.
 */
export const figuresNews = (
  ledger: Ledger,
  facts: readonly Fact[],
  nameOf: (subject: string) => { readonly en: string; readonly ko: string },
  now: number,
): FiguresStory | undefined => {
  const capex = facts
    .filter(({ metric, supersedes }) => metric === 'capex_cash' && supersedes === undefined)
    .toSorted((a, b) => (a.period.end < b.period.end ? -1 : 1))
    .at(-1);
  if (!capex || now - knownFrom(capex) > NEWS_MS) return undefined;
  const { subject, published } = capex;
  // A filing of this morning counts beside prices from the closing bell on; its own card need not wait.
  const asOf = Math.max(now, knownFrom(capex));
  const figures = figuresOf(ledger, subject, capex.period.end, asOf);
  const guidance = guidanceInForce(ledger, subject, asOf);
  return (
    figures && {
      kind: 'figures',
      symbol: subject,
      name: nameOf(subject),
      published,
      figures,
      ...(guidance && { guidance }),
    }
  );
};
