import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { slidewatch } from '../../cli/in-process.ts';

const data = join(import.meta.dirname, '../../../../shared/data');

const FILES = {
  MSFT: join(data, 'edgar/msft_companyfacts_trimmed.json'),
  AAPL: join(data, 'edgar/aapl_companyfacts.stock_profiler.json'),
};
const METRICS = ['capex_cash', 'operating_cash_flow', 'revenue', 'rd_expense'] as const;

const derivedSchema = z.array(
  z.object({ fiscalPeriod: z.string(), end: z.string(), value: z.number(), published: z.string() }),
);

const derived = async (symbol: keyof typeof FILES, metric: string) => {
  const asked = ['--companyfacts', FILES[symbol], '--symbol', symbol, '--metric', metric, '--format', 'json'];
  return derivedSchema.parse(JSON.parse((await slidewatch('facts', 'derive', ...asked)).out));
};

/** symbol, metric, fiscal_period, period_end, value: none of the first five fields is quoted. */
const collected = (symbol: string, metric: string) =>
  readFileSync(join(data, 'facts.csv'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith(`${symbol},${metric},`) && line.includes(',verified-'))
    // Apple's June quarter of 2026 is collected from a release; the companyfacts end before it.
    .filter((line) => line.includes('us-gaap:'))
    .map((line) => {
      const [, , fiscalPeriod = '', end = '', value = ''] = line.split(',');
      return { fiscalPeriod, end, value: Number(value) };
    });

describe.runIf(existsSync(FILES.MSFT) && existsSync(FILES.AAPL))('the companyfacts of Microsoft and Apple', () => {
  it.each((['MSFT', 'AAPL'] as const).flatMap((symbol) => METRICS.map((metric) => [symbol, metric] as const)))(
    'give the quarters of %s’s %s that were verified by hand, to within two million',
    async (symbol, metric) => {
      const quarters = await derived(symbol, metric);
      const wanted = collected(symbol, metric);
      expect(wanted.length).toBe(symbol === 'MSFT' ? 14 : 10);
      expect(quarters.map(({ fiscalPeriod, end }) => `${fiscalPeriod} ${end}`)).toEqual(
        wanted.map(({ fiscalPeriod, end }) => `${fiscalPeriod} ${end}`),
      );
      for (const [place, { value }] of wanted.entries()) {
        expect(Math.abs((quarters[place]?.value ?? 0) - value)).toBeLessThanOrEqual(2);
      }
    },
  );

  it('give Microsoft’s figures on the day of their filing', async () => {
    const capex = await derived('MSFT', 'capex_cash');
    expect(capex.find(({ fiscalPeriod }) => fiscalPeriod === 'FY2024 Q4')).toMatchObject({
      value: 13_873,
      published: '2024-07-30',
    });
  });
});
