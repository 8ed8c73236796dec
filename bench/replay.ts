/**
 * Measures a replay of half a century of closes as a whole process, compared with a bare Node and, if Python has
 * pandas, with pandas computing only the rolling drawdown. Prints medians and ratios.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedPath } from '../test/shared.ts';

const root = join(import.meta.dirname, '..');
const RUNS = 7;
const ROWS = 13_593;

/** As many closes as the Nasdaq has since 1971, on weekdays: a fixed random walk. */
const generated = (folder: string): string => {
  const path = join(folder, 'IXIC.csv');
  let seed = 1;
  let price = 100;
  const rows = Array.from({ length: ROWS }, (_, n) => {
    seed = (seed * 48_271) % 2_147_483_647;
    price *= 1.0004 + (seed / 2_147_483_647 - 0.5) * 0.03;
    const cell = price.toFixed(2);
    const day = Temporal.PlainDate.from('1971-02-08').add({ weeks: Math.floor(n / 5), days: n % 5 });
    return `${day},${cell},${cell},${cell},${cell},0`;
  });
  writeFileSync(path, `date,open,high,low,close,volume\n${rows.join('\n')}\n`);
  return path;
};

const milliseconds = (command: string, args: readonly string[]): number => {
  const begin = performance.now();
  execFileSync(command, args, { stdio: 'ignore' });
  return performance.now() - begin;
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

const pandas = (path: string): string => `
import pandas
close = pandas.read_csv(${JSON.stringify(path)}, index_col='date', parse_dates=True)['close']
for window in (252, 20):
    (close / close.rolling(window, min_periods=1).max() - 1).min()
`;

const folder = mkdtempSync(join(tmpdir(), 'slidewatch-bench-'));
try {
  const prices = sharedPath('data/daily/IXIC.csv') ?? generated(folder);
  const runs: Record<string, readonly [string, readonly string[]]> = {
    'node -e 0': [process.execPath, ['-e', '0']],
    replay: [process.execPath, [join(root, 'src/slidewatch.cjs'), 'replay', '--prices', prices, '--kind', 'index']],
  };
  const python = '/usr/bin/python3';
  const hasPandas = existsSync(python) && spawnSync(python, ['-c', 'import pandas']).status === 0;
  if (hasPandas) runs['pandas, drawdown alone'] = [python, ['-c', pandas(prices)]];

  // Alternately, so that other load affects all alike; the first round warms up.
  const took = new Map<string, number[]>(Object.keys(runs).map((name) => [name, []]));
  for (let round = 0; round <= RUNS; round += 1)
    for (const [name, [command, args]] of Object.entries(runs)) {
      const time = milliseconds(command, args);
      if (round > 0) took.get(name)?.push(time);
    }

  const replay = median(took.get('replay') ?? []);
  console.log(`${ROWS} closes, medians of ${RUNS} whole processes`);
  for (const [name, times] of took) {
    const time = median(times);
    console.log(
      `${name.padEnd(24)}${time.toFixed(0).padStart(6)} ms   replay takes ${(replay / time).toFixed(2)} times that`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
