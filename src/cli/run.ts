import { type Command, Option } from 'commander';
import { BASE_LANGUAGE } from '../i18n/languages.ts';
import { createCommandLine, execute, type Io } from './command-line.ts';
import { day, depths, levels, path, picture, port, price, split, symbols, within } from './option-values.ts';

const SPLIT =
  'a split that the prices are not adjusted for, such as 2024-06-10:10 or NVDA:2024-06-10:10; can be repeated';

const WITHIN =
  'a fall within 5 to 120 minutes of a session, in percent, such as 30min:4 or 60min:3,5; prices of minutes only; can be repeated';
const PRICE =
  'a price that alerts once, such as 100 or NVDA:100, as if set at the first price; prices of minutes only; can be repeated';

/** All commands. The code of a command is loaded when it runs. */
const slidewatch = (io: Io): Command => {
  const print = (text: string): void => void io.stdout.write(text);
  const warn = (text: string): void => void io.stderr.write(text);
  const program = createCommandLine('slidewatch', io).description(
    'Alerts when the Magnificent Seven or the Nasdaq slides, with the AI bill beside the move.',
  );

  program
    .command('start')
    .description('Run the bot until it is stopped.')
    .action(async () => (await import('./start.ts')).start());

  program
    .command('doctor')
    .description('Check tokens, scopes, permissions, prices and the next digest, and say what to fix.')
    .action(async () => {
      if (!(await (await import('./doctor.ts')).doctor(print))) io.exitCode = 1;
    });

  program
    .command('try')
    .description('Send a test card to a channel of config/channels.yaml, and say what came of it.')
    .argument('<channel>', 'its name there')
    .action(async (channel: string) => {
      if (!(await (await import('./try-channel.ts')).tryChannel(channel, print))) io.exitCode = 1;
    });

  program
    .command('backup')
    .description('Copy the database to a new file, also while the bot runs, and check the copy.')
    .argument('<file>', 'such as backup-2024-08-05.db')
    .action(async (file: string) => (await import('./backup.ts')).backupTo(file, print));

  program
    .command('move')
    .description(
      'Copy the database into another, empty one, compare both, and retire the old one; the bot must not run.',
    )
    .requiredOption('--from <url>', 'such as sqlite:data/slidewatch.db')
    .requiredOption('--to <url>', 'such as postgres://USER:PASSWORD@HOST/DATABASE')
    .option('--again', 'even if it was moved before')
    .action(async (options) => (await import('./move.ts')).move(options, print, Date.now()));

  program
    .command('demo')
    .description('Play the recorded summer of 2024: the real bot, without an account or a network.')
    .option('--language <language>', 'a file of config/messages, for example ko; default: that of LANG')
    .option('--port <number>', 'of the board; 0 for any free port', port, 0)
    .option('--fast', 'without pauses; otherwise it takes twenty seconds')
    .action(async (options) => (await import('./demo.ts')).demo(options));

  program
    .command('replay')
    .description('Print the alerts that prices would have raised, or how often rules of your own would have spoken.')
    .option(
      '--prices <path>',
      "a folder of SYMBOL.csv files, or one file; of days or of minutes; default: the closes in the bot's own database",
      path,
    )
    .option('--history <path>', 'closes of the sessions before prices of minutes: a folder, or one file', path)
    .option('--symbols <list>', 'for example nvda,nasdaq; default: all files', symbols)
    .addOption(
      new Option('--kind <kind>', 'of symbols that are not on the watchlist; default: stock').choices([
        'stock',
        'index',
      ]),
    )
    .option('--from <day>', 'first session to print alerts of, YYYY-MM-DD', day)
    .option('--to <day>', 'last one', day)
    .addOption(
      new Option(
        '--format <format>',
        'one alert per line, for programs or people; or how often, and what came after; default: ndjson, summary with rules of your own',
      ).choices(['ndjson', 'text', 'summary']),
    )
    .option('--levels <list>', 'rules of your own: falls below the 252-session peak, in percent, such as 10,20', depths)
    .option('--day <list>', 'rules of your own: falls of one day, in percent, such as 5 or 5,10', depths)
    .option('--channel <id>', "a channel's own rules, by the platform's id of it")
    .option('--language <language>', 'of the summary: a file of config/messages, for example ko')
    .option('--within <minutes:levels>', WITHIN, within)
    .option('--price <price>', PRICE, price)
    .option('--rise <list>', 'rises above the 52-week low, too, in percent: for example 20,50,100', levels)
    .option('--day-rise <list>', 'rises of one day, too, in percent: for example 5,10', levels)
    .option('--split <day:ratio>', SPLIT, split)
    .option('--keep-closed-days', 'for symbols that trade on other days than New York')
    .action(async (options) => (await import('./replay.ts')).replay(options, print, warn));

  program
    .command('digest')
    .description('Print the digest of a day as it would have been that evening, and write its picture.')
    .requiredOption('--as-of <day>', 'a trading day, or a day on which the exchange is closed, YYYY-MM-DD', day)
    .option('--language <language>', 'a file of config/messages, for example ko', BASE_LANGUAGE)
    .option(
      '--prices <path>',
      "a folder of SYMBOL.csv files, or one file; default: the bot's own database, or the sample",
      path,
    )
    .option('--split <day:ratio>', SPLIT, split)
    .option('--out <file>', 'path of the picture, a .png; default: data/digest-DAY.png', picture)
    .action(async (options) => (await import('./digest.ts')).printDigest(options, print, warn));

  const facts = program
    .command('facts')
    .description('Show, check, export, compare, derive, refresh or confirm the figures of the AI bill.');
  return program.hook('preSubcommand', async (_, command) => {
    if (command === facts) (await import('./facts.ts')).addFacts(facts, io);
  });
};

/** Runs one command, or prints the help without one. Sets the exit code of `io` if it is not 0. */
export const run = async (argv: readonly string[], io: Io): Promise<void> =>
  execute(slidewatch(io), argv.length > 0 ? argv : ['--help'], io);
