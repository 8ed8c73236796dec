import { availableParallelism } from 'node:os';
import { expect, it } from 'vitest';
import { runSeeds } from './seeds.ts';

/** A busy machine takes a multiple of the minutes that a quiet one does. */
const TIMEOUT_MS = 30 * 60_000;

const SEEDS = Array.from({ length: 1_000 }, (_, place) => 1 + place);

it(
  'the bot keeps its promises through a thousand drawn scenarios of falls, faults and crashes',
  async () => {
    const stories: string[] = [];
    let done = 0;
    await runSeeds(SEEDS, availableParallelism(), ({ breaches, story }) => {
      done += 1;
      if (breaches > 0) stories.push(story.join('\n'));
    });
    expect(stories.join('\n\n')).toBe('');
    expect(done).toBe(SEEDS.length);
  },
  TIMEOUT_MS,
);
