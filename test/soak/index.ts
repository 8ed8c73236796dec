import { join } from 'node:path';
import { Option } from 'commander';
import { createCommandLine, execute } from '../../src/cli/command-line.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { wholeNumber } from '../whole-number.ts';
import { DATABASES } from './database.ts';

const FULL = {
  ...{ channels: 200, alerts: 40, kills: 30, speed: 15, eveningSpeed: 40, gapMs: 150_000, killMs: 6_000 },
  ...{ serverKills: 8, serverKillMs: 20_000, spellGapMs: 120_000, spellMs: 60_000 },
};
const SHORT = {
  ...{ channels: 40, alerts: 7, kills: 4, speed: 20, eveningSpeed: 60, gapMs: 40_000, killMs: 1_800 },
  ...{ serverKills: 0, serverKillMs: 0, spellGapMs: 60_000, spellMs: 30_000 },
};
const FAULTS_SHOWN = 20;

const commandLine = createCommandLine('soak', process)
  .description(
    'Kill the bot over and over on platforms that fail a third of all requests and refuse it for a while, and count every card.',
  )
  .option('--short', 'a small run of about a minute')
  .addOption(
    new Option('--database <kind>', 'what the bot stores in; PostgreSQL gets a server of its own, which is killed, too')
      .choices(DATABASES)
      .default('sqlite'),
  )
  .option('--seed <number>', 'repeats the falls, faults and moments of an earlier run, which printed it', wholeNumber)
  .action(async ({ short, database, seed = Date.now() % 1_000_000 }) => {
    // The watchlist and the companies of the tests, here and in the bot.
    process.env.SLIDEWATCH_CONFIG = join(import.meta.dirname, '../fixtures/config');
    const { soak } = await import('./soak.ts');
    const size = short ? SHORT : FULL;
    console.log(
      `soak: ${size.channels} channels, ${size.alerts} alerts, ${size.kills} kills, ${database}, seed ${seed}`,
    );
    const result = await soak({ ...size, database, seed, say: (line) => console.log(line) });
    if (!result) throw new UsageError('no PostgreSQL 15 or newer on this machine; install one first');
    for (const fault of result.faults.slice(0, FAULTS_SHOWN)) console.log(fault);
    if (result.faults.length > 0) {
      console.log(`${result.faults.length} faults; the bot's log and its deliveries: ${result.folder}`);
      process.exitCode = 1;
    }
    const { delivered, lost, twice, outOfOrder, kills, serverKills, goneWithChannel } = result;
    const killed = `kills ${kills}${serverKills > 0 ? ` and ${serverKills} of the server` : ''}`;
    console.log(
      `delivered ${delivered}, lost ${lost}, twice ${twice}, out of order ${outOfOrder}, not owed ${goneWithChannel}, ${killed}`,
    );
  });

await execute(commandLine, process.argv.slice(2), process);
