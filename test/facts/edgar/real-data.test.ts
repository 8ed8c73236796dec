import { readFileSync } from 'node:fs';
import { describe, expect, it, type TestContext } from 'vitest';
import { z } from 'zod';
import { slidewatch } from '../../cli/in-process.ts';
import { sharedOrSkip } from '../../shared.ts';

const FILES = {
  MSFT: 'data/edgar/msft_companyfacts_trimmed.json',
  AAPL: 'data/edgar/aapl_companyfacts.stock_profiler.json',
};
const METRICS = ['capex_cash', 'operating_cash_flow', 'revenue', 'rd_expense'] as const;

const derivedSchema = z.array(
  z.object({ fiscalPeriod: z.string(), end: z.string(), value: z.number(), published: z.string() }),
);

const derived = async (context: TestContext, symbol: keyof typeof FILES, metric: string) => {
  const file = sharedOrSkip(context, FILES[symbol]);
  const asked = ['--companyfacts', file, '--symbol', symbol, '--metric', metric, '--format', 'json'];
  return derivedSchema.parse(JSON.parse((await slidewatch('facts', 'derive', ...asked)).out));
};

/** symbol, metric, fiscal_period, period_end, value: none of the first five fields is quoted. */
const collected = (context: TestContext, symbol: string, metric: string) =>
  readFileSync(sharedOrSkip(context, 'data/facts.csv'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith(`${symbol},${metric},`) && line.includes(',verified-'))
    // Apple's June quarter of 2026 is collected from a release; the companyfacts end before it.
    .filter((line) => line.includes('us-gaap:'))
    .map((line) => {
      const [, , fiscalPeriod = '', end = '', value = ''] = line.split(',');
      return { fiscalPeriod, end, value: Number(value) };
    });

describe('the companyfacts of Microsoft and Apple', () => {
  it.for((['MSFT', 'AAPL'] as const).flatMap((symbol) => METRICS.map((metric) => [symbol, metric] as const)))(
    'give the quarters of %s’s %s that were verified by hand, to within two million',
    async ([symbol, metric], context) => {
      const quarters = await derived(context, symbol, metric);
      const wanted = collected(context, symbol, metric);
      expect(wanted.length).toBe(symbol === 'MSFT' ? 14 : 10);
      expect(quarters.map(({ fiscalPeriod, end }) => `${fiscalPeriod} ${end}`)).toEqual(
        wanted.map(({ fiscalPeriod, end }) => `${fiscalPeriod} ${end}`),
      );
      for (const [place, { value }] of wanted.entries()) {
        expect(Math.abs((quarters[place]?.value ?? 0) - value)).toBeLessThanOrEqual(2);
      }
    },
  );

  it('give Microsoft’s figures on the day of their filing', async (context) => {
    const capex = await derived(context, 'MSFT', 'capex_cash');
    expect(capex.find(({ fiscalPeriod }) => fiscalPeriod === 'FY2024 Q4')).toMatchObject({
      value: 13_873,
      published: '2024-07-30',
    });
  });
});
