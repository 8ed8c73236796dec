import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../src/config-file.ts';

const run = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'src/main.ts'), 'facts', ...args], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: 'sqlite:/nonexistent/slidewatch.db' },
  });

const shown = (...args: string[]): Record<string, unknown>[] =>
  JSON.parse(run('show', ...args, '--format', 'json').stdout);

describe('facts show', () => {
  test('knows nothing of the quarter that Microsoft published the day after', () => {
    const known = shown('MSFT', '--as-of', '2024-07-29');
    expect(known.length).toBeGreaterThan(20);
    expect(known.filter(({ published }) => String(published) > '2024-07-29')).toEqual([]);
    expect(known.filter(({ end }) => String(end) === '2024-06-30')).toEqual([]);
  });

  test('knows it on the day after', () => {
    expect(shown('MSFT', '--as-of', '2024-07-31')).toContainEqual(
      expect.objectContaining({
        symbol: 'MSFT',
        metric: 'capex_cash',
        fiscalPeriod: 'FY2024 Q4',
        start: '2024-04-01',
        end: '2024-06-30',
        value: 13873,
        unit: 'USD_M',
        basis: 'cash_ppe',
        published: '2024-07-30',
      }),
    );
  });

  test('takes any name of a company', () => {
    expect(shown('엔비디아', '--as-of', '2024-07-31')[0]).toMatchObject({ symbol: 'NVDA' });
  });

  test('prints tables with guidance and what became of it', () => {
    const { stdout } = run('show', 'META', '--as-of', '2024-07-31');
    expect(stdout).toContain('META as known by the end of 2024-07-31');
    expect(stdout).toContain('37–40B, raised from 35–40B on 2024-07-31');
    expect(stdout).toMatch(/capex \/ operating cash flow +\d+ %/);
  });

  test.each([
    [['show'], /which company\? One of AAPL/],
    [['show', 'nvdia'], /no facts of "nvdia"; there are AAPL/],
    [['show', 'MSFT', '--as-of', '2024-02-30'], /--as-of "2024-02-30": expected a date/],
    [['show', 'MSFT', '--format', 'xml'], /--format "xml": expected json or text/],
    [['shwo'], /usage: facts/],
    [[], /usage: facts/],
  ])('%j ends in one line and status 2', (args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });
});

test('facts check finds no fault on the shelf', () => {
  const output = execFileSync(process.execPath, [join(root, 'src/main.ts'), 'facts', 'check'], { encoding: 'utf8' });
  expect(output).toMatch(/^\d{3} facts in 9 files, no fault\n$/);
});

test('facts refresh without a contact says which variable to set', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'src/main.ts'), 'facts', 'refresh'], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, DATABASE_URL: 'sqlite::memory:' },
  });
  expect(stderr).toMatch(/^.*EDGAR_CONTACT.*$/m);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(status).toBe(1);
});
