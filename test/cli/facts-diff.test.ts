import { expect, test } from 'vitest';
import { diff } from '../../src/cli/facts-diff.ts';
import { slidewatch } from './in-process.ts';

const run = (...args: string[]) => slidewatch('facts', 'diff', ...args);

test('two days in results season: what is new, and guidance that was narrowed', async () => {
  const { code, out } = await run('2024-07-29', '2024-07-31');
  expect(code).toBe(0);
  expect(out).toMatch(/^What changed in what was known, from 2024-07-29 to 2024-07-31\n\nnew: 19\n/);
  expect(out).toMatch(/^MSFT +capex_cash +FY2024 Q4 +13,873 +USD_M +cash_ppe +2024-07-30 16:03 +Microsoft results/m);
  expect(out).toMatch(/^guidance narrowed: 1\n.*\nMETA +capex_guidance +CY2024 +35–40B → 37–40B /m);
});

test('a minute decides: Nvidia’s quarter is not known at 16:15, and at 16:30 it is', async () => {
  expect((await run('2024-08-28T16:00', '2024-08-28T16:15')).out).toContain('\n\nNothing changed.\n');
  expect((await run('2024-08-28T16:15', '2024-08-28T16:30')).out).toMatch(/^NVDA +capex_cash +FY2025 Q2 +977 /m);
});

test('a disputed figure is no correction: both stand, each with its source', async () => {
  const { out } = await run('2026-10-07', '2026-10-08');
  expect(out).toMatch(/^disputed by a second figure; both stand: 1\n/m);
  expect(out).toMatch(
    /^OPENAI +annualised_revenue +September 2026 +68,000 against 50,000 .* 2026-09-29 by 23:59; 2026-10-08 +Axios of 29 September 2026, via Bloomberg \(secondary\); report of 8 October 2026, via Benzinga \(secondary\)$/m,
  );
  expect(out).not.toContain('restated');
});

test('one and the same day has no change', async () => {
  expect((await run('2024-07-31', '2024-07-31')).out).toContain('\n\nNothing changed.\n');
});

test('as JSON with a schema, and with both figures', async () => {
  const { schema, from, to, changes } = JSON.parse((await run('2024-07-30', '2024-07-31', '--format', 'json')).out);
  expect({ schema, from, to }).toEqual({ schema: 'slidewatch-facts-diff/1', from: '2024-07-30', to: '2024-07-31' });
  expect(changes.find(({ change }: { change: string }) => change === 'narrowed')).toMatchObject({
    before: { symbol: 'META', low: 35_000, published: '2024-04-24' },
    after: { symbol: 'META', low: 37_000, published: '2024-07-31' },
  });
  expect(changes.every(({ change, before }: { change: string; before?: object }) => change !== 'new' || !before)).toBe(
    true,
  );
});

test('today is allowed while it lasts, tomorrow and the next minute are not', async () => {
  const now = Date.parse('2026-08-03T15:00:30Z');
  const at = (to: string) => diff('2026-08-01', to, { format: 'text', now });
  expect(await at('2026-08-03')).toContain('Nothing changed');
  expect(await at('2026-08-03T11:00')).toContain('Nothing changed');
  const refused = (to: string) => `facts diff: ${to} is in the future; give a day up to 2026-08-03`;
  for (const to of ['2026-08-04', '2026-08-03T11:01']) await expect(at(to)).rejects.toThrow(refused(to));
});

test.each([
  [['2024-08-01', '2024-07-31'], 'facts diff: 2024-08-01 is after 2024-07-31; give the earlier one first'],
  [['2024-08-01T10:01', '2024-08-01T10:00'], /is after 2024-08-01T10:00; give the earlier one first$/],
  [['9999-01-01', '2024-08-01'], /^facts diff: 9999-01-01 is in the future; give a day up to \d{4}-\d\d-\d\d$/],
  [['yesterday', '2024-08-01'], /^"yesterday": expected a date, YYYY-MM-DD, or a minute in New York/],
  [['2024-08-01'], /^missing required argument 'to'; see npm run facts -- diff --help$/],
  [['2024-07-01', '2024-08-01', '--format', 'csv'], '--format "csv": expected json or text'],
])('%j ends in one line and status 2', async (args, message) => {
  const { code, out, err } = await run(...args);
  expect([code, out]).toEqual([2, '']);
  expect(err.trimEnd()).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
});
