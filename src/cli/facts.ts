import { type Command, Option } from 'commander';
import { FILED_METRICS } from '../facts/edgar/filer.ts';
import type { Io } from './command-line.ts';
import { day, dayOrMinute, path, proposalId } from './option-values.ts';

const format = (): Option =>
  new Option('--format <format>', 'text for people, json for programs').choices(['json', 'text']).default('text');

/** Adds `facts show`, `derive`, `segments`, `check`, `refresh`, `export`, `diff`, and what is done with proposals. */
export const addFacts = (facts: Command, io: Io): void => {
  const print = (text: string): void => void io.stdout.write(text);
  const warn = (text: string): void => void io.stderr.write(text);

  facts
    .command('show')
    .description('Print what was known about a company by the end of a day or a minute.')
    .argument('<symbol>', 'a company by any of its names, OPENAI, INDUSTRY, or FOUR for the hyperscalers together')
    .option('--as-of <day>', 'YYYY-MM-DD, or a minute in New York, YYYY-MM-DDTHH:MM; default: today', dayOrMinute)
    .addOption(format())
    .action(async (symbol, options) => print(await (await import('./facts-show.ts')).show(symbol, options)));

  facts
    .command('derive')
    .description('Derive the quarters of one metric from a companyfacts file of EDGAR.')
    .requiredOption('--companyfacts <file>', 'path of the file, complete, as the SEC publishes it', path)
    .requiredOption('--symbol <symbol>', 'of a company whose filings are read')
    .addOption(
      new Option('--metric <metric>', 'of the cash flow or income statement')
        .choices(FILED_METRICS)
        .makeOptionMandatory(),
    )
    .addOption(format())
    .action(async (options) => print((await import('./facts-derive.ts')).derive(options)));

  facts
    .command('segments')
    .description("Print the revenue of a company's segments in a report's document of EDGAR.")
    .requiredOption('--document <file>', 'path of the primary document of a 10-Q or 10-K, with inline XBRL', path)
    .requiredOption('--symbol <symbol>', 'of a company whose entry names segments')
    .requiredOption('--filed <day>', 'the day on which it was filed, YYYY-MM-DD', day)
    .addOption(format())
    .action(async (options) => print((await import('./facts-segments.ts')).segments(options)));

  facts
    .command('check')
    .description('Lint the curated figures.')
    .option('--live', "also compare them with Yahoo's fundamentals")
    .action(async ({ live = false }) => {
      if (!(await (await import('./facts-check.ts')).check(live, print))) io.exitCode = 1;
    });

  facts
    .command('refresh')
    .description("Read new quarters from EDGAR into the bot's database.")
    .action(async () => {
      if (!(await (await import('./facts-refresh.ts')).refresh(print))) io.exitCode = 1;
    });

  facts
    .command('export')
    .description('Write every figure known, with its source and accession number, for others to use.')
    .addOption(new Option('--format <format>', 'of the file').choices(['csv', 'json']).default('csv'))
    .option('--out <file>', 'path of the file; default: standard output', path)
    .action(async (options) => (await import('./facts-export.ts')).exportLedger(options, print, warn));

  facts
    .command('diff')
    .description('Print what changed in what was known between two days or minutes.')
    .argument('<from>', 'YYYY-MM-DD, or a minute in New York, YYYY-MM-DDTHH:MM; each means its end', dayOrMinute)
    .argument('<to>', 'the later one', dayOrMinute)
    .addOption(format())
    .action(async (from, to, options) => print(await (await import('./facts-diff.ts')).diff(from, to, options)));

  facts
    .command('proposals')
    .description('List guidance found in filings that waits to be confirmed.')
    .option('--all', 'also what was accepted or rejected')
    .action(async (options) => print(await (await import('./facts-proposals.ts')).listProposals(options)));

  const decision = (name: 'accept' | 'reject', description: string): void => {
    facts
      .command(name)
      .description(description)
      .argument('<id>', 'the number in the list of proposals', proposalId)
      .option('--by <name>', 'who decides; default: your account')
      .action(async (id, { by }) => {
        const { decide } = await import('./facts-proposals.ts');
        print(await decide({ id, by, isAccepted: name === 'accept', now: Date.now() }));
      });
  };
  decision('accept', 'Confirm proposed guidance: it counts from when it was published.');
  decision('reject', 'Refuse proposed guidance: it is not proposed again.');
};
