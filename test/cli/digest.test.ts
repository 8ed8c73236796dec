import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { usualDigestAt } from '../../src/digest/digest-due.ts';
import { writeBars } from '../../src/store/bars.ts';
import { writeReportDays } from '../../src/store/report-days.ts';
import { languagesIn } from '../../src/util/language-files.ts';
import { root } from '../../src/util/read-config.ts';
import { calendar } from '../digest/digests.ts';
import { temporaryFolder } from '../market/temporary.ts';
import { summer } from '../slides/samples.ts';
import { databasePath, openTestStore } from '../store/temporary.ts';
import { ownEnvironment } from './environment.ts';
import { type Ended, slidewatch, withEnv } from './in-process.ts';

const digest = (args: readonly string[], database?: string): Promise<Ended> => {
  if (database !== undefined) withEnv({ DATABASE_URL: `sqlite:${database}` });
  return slidewatch('digest', ...args);
};

const printed = async (...args: string[]): Promise<string> => {
  const { code, out, err } = await digest(args);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
};

test('it prints the digest of an evening from the recorded sample, writes its picture, and says where', () => {
  const out = join(temporaryFolder(), 'digest.png');
  const args = ['digest', '--as-of', '2024-07-24', '--language', 'ko', '--out', out];
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, 'src/main.ts'), ...args], {
    encoding: 'utf8',
    env: ownEnvironment(),
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toContain('7월 24일(수): 나스닥 −3.6%');
  expect(stdout).toContain('나스닥, 2022년 10월 7일 이후 최대 하락률.');
  expect(stdout).toContain('−12.3%');
  expect(stdout).toMatch(/^Picture: .*digest\.png$/m);
  expect(readFileSync(out).subarray(1, 4).toString()).toBe('PNG');
});

test('a closed day prints its one line, a quiet one three, and neither has a picture', async () => {
  expect(await printed('--as-of', '2026-11-26')).toBe(
    'Market closed today (Thanksgiving). Next session Friday 27 Nov, early close at 13:00.\n',
  );
  const out = join(temporaryFolder(), 'digest.png');
  expect(await printed('--as-of', '2024-07-16', '--out', out)).not.toContain('Picture');
  expect(existsSync(out)).toBe(false);
});

describe('prices', () => {
  const golden = join(root, 'config/samples/summer-2024');

  test('come from a folder or from one file, and symbols without a file are said to be missing', async () => {
    const out = join(temporaryFolder(), 'digest.png');
    expect(await printed('--as-of', '2024-07-24', '--out', out, '--prices', golden)).toContain('(price files)');
    const one = await printed('--as-of', '2024-07-24', '--out', out, '--prices', join(golden, 'NVDA.csv'));
    expect(one).toContain('Nvidia −6.8%');
    expect(one).toContain('No close yet: Nasdaq (none yet)');
  });

  test('come from the store where it has the session, with what it knew of report days that evening', async () => {
    const path = databasePath();
    const store = await openTestStore(`sqlite:${path}`);
    const bars = summer('NVDA').map((bar) => ({ ...bar, close: bar.session === '2024-07-24' ? 110e6 : bar.close }));
    await writeBars(store.db, 'NVDA', bars, []);
    const asOf = usualDigestAt(calendar, '2024-07-24');
    await writeReportDays(store.db, [{ symbol: 'MSFT', day: '2024-07-30', estimated: true }], asOf);
    await writeReportDays(store.db, [{ symbol: 'META', day: '2024-07-31', estimated: false }], asOf + 1);
    await store.close();
    const out = join(temporaryFolder(), 'digest.png');
    const { code, out: told } = await digest(['--as-of', '2024-07-24', '--out', out], path);
    expect(code).toBe(0);
    expect(told).toContain('Nvidia −10.3%');
    expect(told).toMatch(/EARNINGS.*\n.*Microsoft +Tue 30 Jul +estimated/);
    expect(told).not.toContain('Wed 31 Jul');
    // Another session is not there: the sample has it.
    expect((await digest(['--as-of', '2024-09-30', '--out', out], path)).code).toBe(0);
  });
});

describe('wrong input is one clear line and exit status 2', () => {
  const bad = (text: string): string => {
    const path = join(temporaryFolder(), 'NVDA.csv');
    writeFileSync(path, text);
    return path;
  };

  test.each([
    ['no day', [], /^required option '--as-of <day>' not specified; see npm run digest -- --help/],
    ['what is no day', ['--as-of', '2024-02-30'], /^--as-of "2024-02-30": expected a date, YYYY-MM-DD/],
    [
      'a day outside of the data',
      ['--as-of', '2024-10-01'],
      /no close for that session in config.*2022-01-03 to 2024-09-30/,
    ],
    [
      'an unknown language',
      ['--as-of', '2024-07-24', '--language', 'xx'],
      new RegExp(`^--language "xx": expected ${languagesIn().join(' or ')}`),
    ],
    [
      'a path that is not there',
      ['--as-of', '2024-07-24', '--prices', '/nope'],
      /^--prices \/nope: no such file or folder/,
    ],
    ['an empty path', ['--as-of', '2024-07-24', '--prices', ''], /^--prices "": expected the path of a file or folder/],
    ['a picture of another kind', ['--as-of', '2024-07-24', '--out', 'a.jpg'], /^--out "a.jpg": expected .*\.png/],
    [
      'a place that is not there',
      ['--as-of', '2024-07-24', '--out', '/nope/a.png'],
      /^--out .*: the folder does not exist/,
    ],
    ['an unknown option', ['--as-of', '2024-07-24', '--day', 'x'], /^unknown option '--day'; see npm run digest/],
  ])('%s', async (_, args, message) => {
    const { code, out, err } = await digest(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  test('a bad file is named with its line, and nothing is printed', async () => {
    const { code, out, err } = await digest(['--as-of', '2024-07-24', '--prices', bad('date,close\n2024-07-24,x\n')]);
    expect([out, code]).toEqual(['', 2]);
    expect(err).toMatch(/NVDA\.csv:2: close "x" is not a number\n$/);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  test('files of symbols that nobody watches are no prices of a digest', async () => {
    const path = join(temporaryFolder(), 'SPOT.csv');
    writeFileSync(path, 'date,close\n2024-07-24,300\n');
    const { code, err } = await digest(['--as-of', '2024-07-24', '--prices', path]);
    expect(code).toBe(2);
    expect(err).toMatch(/no symbol from the watchlist/);
  });
});
