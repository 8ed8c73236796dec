import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { UsageError } from './usage-error.ts';

/** The parts of a process that a command line uses. */
export interface Io extends Pick<NodeJS.Process, 'exitCode'> {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** Errors that a person caused or can fix: one line, no stack. Exit status of each. */
const EXPECTED: Readonly<Record<string, number>> = {
  UsageError: 2,
  CsvError: 2,
  ConfigError: 1,
  SettingsError: 1,
  PlatformError: 1,
  StoreError: 1,
  FactsError: 1,
  BoardError: 1,
  EdgarError: 1,
  CatalogueError: 1,
  PictureError: 1,
};

/** Whether an error is one line for a person, who caused it or can fix it. */
export const isForPeople = (error: unknown): error is Error => error instanceof Error && error.name in EXPECTED;

/** Version of the program, from package.json. */
export const version = (): string =>
  JSON.parse(readFileSync(`${import.meta.dirname}/../../package.json`, 'utf8')).version;

/** What a person types before the options, such as `npm run facts -- show`. */
const typed = (command: Command): string => {
  const names: string[] = [];
  for (let it: Command | null = command; it; it = it.parent) names.unshift(it.name());
  const [program, script = program, ...rest] = names;
  return ['npm run', script, '--', ...rest].join(' ');
};

const usage = (command: Command): string => {
  const required = command.options.filter(({ mandatory }) => mandatory).map(({ flags }) => flags);
  return [typed(command), ...required, command.usage()].join(' ');
};

const INVALID =
  /^error: (?:option '(--[\w-]+)[^']*' argument|command-argument value) '(.*)' is invalid(?: for argument '.*')?\. (.*)$/s;

/** commander's message as one line with what to do; for a value, `--kind "bond": expected stock or index`. */
const refusal = (command: Command, said: string): string => {
  const [, flag, value, reason] = INVALID.exec(said) ?? [];
  const expected = reason?.replace(
    /^Allowed choices are (.*)\.$/,
    (_, all: string) => `expected ${all.replaceAll(', ', ' or ')}`,
  );
  const line = expected
    ? `${flag ? `${flag} ` : ''}"${value}": ${expected}`
    : `${said.replace(/^error: |\.$/g, '')}; see ${typed(command)} --help`;
  return line.replace(/\p{Cc}+/gu, ' ');
};

/** A command that throws a UsageError for invalid input. */
class CommandLine extends Command {
  constructor(name?: string) {
    super(name);
    this.helpCommand(false);
  }

  override createCommand(name?: string): CommandLine {
    return new CommandLine(name);
  }

  override error(message: string): never {
    throw new UsageError(refusal(this, message));
  }

  /** Called if a subcommand is missing. */
  override help(): never {
    return this.error(`expected a command (${this.commands.map((command) => command.name()).join(', ')})`);
  }
}

/** A command line with --help and --version and no commands yet; `name` is its npm script. */
export const createCommandLine = (name: string, { stdout }: Io): Command =>
  new CommandLine(name)
    .version(version())
    .configureHelp({ showGlobalOptions: true, commandUsage: usage })
    .configureOutput({ writeOut: (text) => stdout.write(text) })
    .exitOverride();

/** Does what `argv` says. What a person caused or can fix is one line on stderr and an exit code. */
export const execute = async (commandLine: Command, argv: readonly string[], io: Io): Promise<void> => {
  try {
    await commandLine.parseAsync(argv, { from: 'user' });
  } catch (error) {
    // Thrown after --help and --version.
    if (error instanceof CommanderError) return;
    const status = error instanceof Error ? EXPECTED[error.name] : undefined;
    if (status === undefined) throw error;
    io.stderr.write(`${(error as Error).message}\n`);
    io.exitCode = status;
  }
};
