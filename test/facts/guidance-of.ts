import type { Fact } from '../../src/facts/fact.ts';
import type { Day } from '../../src/util/day.ts';

interface Said {
  readonly symbol: string;
  /** Millions of USD. */
  readonly millions: number;
}

/** Guidance of a company for the year of `day` that takes the place of the last one before. @throws RangeError if there was none */
export const guidanceOf = (facts: readonly Fact[], { symbol, millions }: Said, day: Day): Fact => {
  const previous = facts
    .filter(
      ({ subject, metric, period, published }) =>
        subject === symbol && metric === 'capex_guidance' && period.end.startsWith(day.slice(0, 4)) && published < day,
    )
    .toSorted((a, b) => (a.published < b.published ? -1 : 1))
    .at(-1);
  if (!previous) throw new RangeError(`Expected guidance of ${symbol} before ${day}`);
  const id = `${previous.id} ${millions} ${day}`;
  return { ...previous, id, low: millions, high: millions, published: day, supersedes: previous.id };
};
