import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createCommandLine, execute } from '../../src/cli/command-line.ts';
import { wholeNumber } from '../whole-number.ts';

const STORIES_SHOWN = 3;

const commandLine = createCommandLine('simulate', process)
  .description(
    'Run the bot on virtual time through drawn falls, faults and crashes, and check every card that comes of it.',
  )
  .option('--seeds <number>', 'how many scenarios', wholeNumber, 100)
  .option('--from <number>', 'the first of their seeds', wholeNumber, 1)
  .option('--seed <number>', 'one scenario alone', wholeNumber)
  .action(async ({ seeds: count, from, seed }) => {
    // The watchlist and the companies of the tests.
    process.env.SLIDEWATCH_CONFIG = join(import.meta.dirname, '../fixtures/config');
    const { runSeeds } = await import('./seeds.ts');
    const seeds = seed === undefined ? Array.from({ length: count }, (_, place) => from + place) : [seed];
    const began = performance.now();
    const failed: number[] = [];
    let [cards, edits, ends] = [0, 0, 0];
    await runSeeds(seeds, availableParallelism(), (result) => {
      cards += result.cards;
      edits += result.edits;
      ends += result.ends;
      if (seed !== undefined) console.log(`seed ${seed}: ${result.cards} cards, ${result.hash}`);
      if (result.breaches === 0) return;
      failed.push(result.seed);
      if (failed.length <= STORIES_SHOWN) console.log(result.story.join('\n'));
    });
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    console.log(
      `${seeds.length} seeds, ${cards} cards, ${edits} edits, ${ends} ends of the bot in ${seconds} s: ${failed.length} failed`,
    );
    if (failed.length === 0) return;
    console.log(`failed: ${failed.toSorted((a, b) => a - b).join(', ')}; each again with --seed`);
    process.exitCode = 1;
  });

await execute(commandLine, process.argv.slice(2), process);
