import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { root } from '../../src/util/read-config.ts';
import { temporaryFolder } from '../market/temporary.ts';
import { ownEnvironment } from './environment.ts';
import { type Ended, slidewatch } from './in-process.ts';

const { version, scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Each command, and how it is typed. */
const COMMANDS = [
  ['start', 'npm run start --'],
  ['doctor', 'npm run doctor --'],
  ['try', 'npm run try --'],
  ['backup', 'npm run backup --'],
  ['move', 'npm run move -- --from <url> --to <url>'],
  ['demo', 'npm run demo --'],
  ['replay', 'npm run replay --'],
  ['digest', 'npm run digest -- --as-of <day>'],
  ['facts', 'npm run facts --'],
  ['facts show', 'npm run facts -- show'],
  ['facts derive', 'npm run facts -- derive --companyfacts <file> --symbol <symbol> --metric <metric>'],
  ['facts segments', 'npm run facts -- segments --document <file> --symbol <symbol> --filed <day>'],
  ['facts check', 'npm run facts -- check'],
  ['facts refresh', 'npm run facts -- refresh'],
  ['facts export', 'npm run facts -- export'],
  ['facts diff', 'npm run facts -- diff'],
  ['facts proposals', 'npm run facts -- proposals'],
  ['facts accept', 'npm run facts -- accept'],
  ['facts reject', 'npm run facts -- reject'],
] as const;

const TOP = COMMANDS.map(([name]) => name).filter((name) => !name.includes(' '));

const call = (command: string, ...more: readonly string[]): Promise<Ended> =>
  slidewatch(...command.split(' '), ...more);

/** As a process of its own. */
const spawned = async (
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> => {
  const options = { env: ownEnvironment(env) };
  return promisify(execFile)(process.execPath, [join(root, file), ...args], options).then(
    ({ stdout: out, stderr: err }) => ({ code: 0, out, err }),
    ({ code, stdout: out, stderr: err }) => ({ code, out, err }),
  );
};

/** The commands that a help lists. */
const listed = (help: string): string[] =>
  [...(help.split('\nCommands:\n')[1] ?? '').matchAll(/^ {2}(\w+)/gm)].map(([, name = '']) => name);

describe('--help', () => {
  test.each(COMMANDS)('of %s says how it is typed, and is no error', async (command, typed) => {
    const { code, out, err } = await call(command, '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split(' [options]')[0]).toBe(`Usage: ${typed}`);
    expect(out).toMatch(/-h, --help .*\n[\s\S]*-V, --version /);
  });

  test('lists every command, and is what there is to say where none is named', async () => {
    const { code, out, err } = await slidewatch();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(listed(out)).toEqual(TOP);
    expect(await slidewatch('--help')).toEqual({ code: 0, out, err: '' });
    const facts = await slidewatch('facts', '--help');
    expect(listed(facts.out).map((name) => `facts ${name}`)).toEqual(
      COMMANDS.map(([name]) => name).filter((name) => name.startsWith('facts ')),
    );
  });

  test('of start starts nothing: no board, no database', async () => {
    const folder = temporaryFolder();
    const { code, out, err } = await spawned('src/main.ts', ['start', '--help'], {
      DATABASE_URL: `sqlite:${join(folder, 'slidewatch.db')}`,
    });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Usage: npm run start -- /);
    expect(out).not.toContain('running');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('names npm scripts that there are', () => {
    for (const name of TOP) {
      // A smaller young generation, for what runs for weeks.
      const node = name === 'start' ? 'node --max-semi-space-size=8' : 'node';
      expect(scripts[name]).toBe(`${node} src/slidewatch.cjs ${name}`);
    }
    expect(scripts.slidewatch).toBe('node src/slidewatch.cjs');
  });
});

test.each(COMMANDS)('--version of %s is that of the package', async (command) => {
  expect(await call(command, '--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

describe('what is not understood is one line that says what to type, exit code 2, and nothing on stdout:', () => {
  const refused = async (argv: readonly string[]): Promise<string> => {
    const { code, out, err } = await slidewatch(...argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^[^\n]+\n$/);
    return err.trimEnd();
  };
  const needed: Readonly<Record<string, readonly string[]>> = {
    try: ['desk'],
    backup: ['copy.db'],
    move: ['--from', 'sqlite:a.db', '--to', 'sqlite:b.db'],
    replay: ['--prices', 'x'],
    digest: ['--as-of', '2024-07-24'],
    'facts show': ['NVDA'],
    'facts diff': ['2024-07-29', '2024-07-31'],
    'facts derive': ['--companyfacts', 'x', '--symbol', 'NVDA', '--metric', 'revenue'],
    'facts segments': ['--document', 'x', '--symbol', 'NVDA', '--filed', '2025-08-27'],
    'facts accept': ['1'],
    'facts reject': ['1'],
  };
  const RUNNABLE = COMMANDS.map(([name]) => name).filter((name) => name !== 'facts');

  test.each(RUNNABLE)('an unknown option of %s', async (command) => {
    const line = await refused([...command.split(' '), ...(needed[command] ?? []), '--bogus']);
    expect(line).toMatch(/^unknown option '--bogus'; see npm run \w+ -- (\w+ )?--help$/);
  });

  test.each(RUNNABLE)('a word too many after %s', async (command) => {
    const line = await refused([...command.split(' '), ...(needed[command] ?? []), 'now']);
    expect(line).toMatch(/^too many arguments for '\w+'\. Expected .* now; see npm run \w+ -- (\w+ )?--help$/);
  });

  test.each([
    ['strat', "unknown command 'strat' (Did you mean start?); see npm run slidewatch -- --help"],
    ['qqq', "unknown command 'qqq'; see npm run slidewatch -- --help"],
    ['--bogus', "unknown option '--bogus'; see npm run slidewatch -- --help"],
    ['facts shwo', "unknown command 'shwo' (Did you mean show?); see npm run facts -- --help"],
    [
      'facts',
      'expected a command (show, derive, segments, check, refresh, export, diff, proposals, accept, reject); see npm run facts -- --help',
    ],
    ['facts show', "missing required argument 'symbol'; see npm run facts -- show --help"],
    ['demo --fats', "unknown option '--fats' (Did you mean --fast?); see npm run demo -- --help"],
    ['demo --port 65536', '--port "65536": expected 0 (any free port) to 65535'],
    ['demo --port', "option '--port <number>' argument missing; see npm run demo -- --help"],
  ])('%s', async (typed, line) => {
    expect(await refused(typed.split(' '))).toBe(line);
  });

  test('a value of several lines', async () => {
    expect(await refused(['digest', '--as-of', "2024\nit's is invalid. \u001b[31m"])).toBe(
      `--as-of "2024 it's is invalid.  [31m": expected a date, YYYY-MM-DD`,
    );
  });
});

test('the bench and the soak answer --help and refuse in the same way', async () => {
  const [help, unknown, soakHelp, soakUnknown] = await Promise.all([
    spawned('bench/index.ts', ['--help']),
    spawned('bench/index.ts', ['replai']),
    spawned('test/soak/index.ts', ['--help']),
    spawned('test/soak/index.ts', ['--shrot']),
  ]);
  expect(help.out).toMatch(/^Usage: npm run bench -- \[options\] \[measurements\.\.\.\]\n/);
  expect(unknown).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(/^"replai": expected answers or .*\n$/),
  });
  expect(soakHelp.out).toMatch(/^Usage: npm run soak -- \[options\]\n[\s\S]*--short[\s\S]*--seed/);
  expect(soakUnknown).toEqual({
    code: 2,
    out: '',
    err: "unknown option '--shrot' (Did you mean --short?); see npm run soak -- --help\n",
  });
});
