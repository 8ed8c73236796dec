import { expect, it } from 'vitest';
import { runSeeds, type SeedResult } from './seeds.ts';

const SEEDS = Array.from({ length: 12 }, (_, place) => 1 + place);

/** Runs seeds one after the other in a thread of their own: what other tests have left running must not see this time. */
const resultsOf = async (seeds: readonly number[]): Promise<SeedResult[]> => {
  const results: SeedResult[] = [];
  await runSeeds(seeds, 1, (result) => results.push(result));
  return results;
};

it('the bot keeps its promises through a dozen drawn scenarios of falls, faults and crashes', async () => {
  const results = await resultsOf(SEEDS);
  expect(results).toHaveLength(SEEDS.length);
  let [cards, edits, ends] = [0, 0, 0];
  for (const result of results) {
    expect(result.breaches, result.story.join('\n')).toBe(0);
    cards += result.cards;
    edits += result.edits;
    ends += result.ends;
  }
  expect(cards).toBeGreaterThan(200);
  expect(edits).toBeGreaterThan(120);
  expect(ends).toBeGreaterThan(4);
});

it('the same seed brings the same events, to the millisecond', async () => {
  const [first, again, other] = await resultsOf([7, 7, 8]);
  expect(again?.hash).toBe(first?.hash);
  expect(other?.hash).not.toBe(first?.hash);
});
