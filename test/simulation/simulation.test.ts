import { expect, it } from 'vitest';
import { prepareSeeds } from './seeds.ts';

const SEEDS = Array.from({ length: 30 }, (_, place) => 1 + place);

it('the bot keeps its promises through thirty drawn scenarios of falls, faults and crashes', async () => {
  const runSeed = await prepareSeeds();
  let [cards, ends] = [0, 0];
  for (const seed of SEEDS) {
    const result = await runSeed(seed);
    expect(result.breaches, result.story.join('\n')).toBe(0);
    cards += result.cards;
    ends += result.ends;
  }
  expect(cards).toBeGreaterThan(500);
  expect(ends).toBeGreaterThan(10);
});

it('the same seed brings the same events, to the millisecond', async () => {
  const runSeed = await prepareSeeds();
  const [first, again, other] = [await runSeed(7), await runSeed(7), await runSeed(8)];
  expect(again.hash).toBe(first.hash);
  expect(other.hash).not.toBe(first.hash);
});
