import { z } from 'zod';
import type { FundamentalsQuarter } from '../../source.ts';

type Figure = Exclude<keyof FundamentalsQuarter, 'end'>;

/** Yahoo's lines and our words for them. Money that leaves the company is below zero on Yahoo's side. */
const LINES: readonly { readonly key: LineKey; readonly figure: Figure; readonly outflow?: true }[] = [
  { key: 'quarterlyCapitalExpenditure', figure: 'capex', outflow: true },
  { key: 'quarterlyOperatingCashFlow', figure: 'operatingCashFlow' },
  { key: 'quarterlyTotalRevenue', figure: 'revenue' },
  { key: 'quarterlyResearchAndDevelopment', figure: 'researchAndDevelopment' },
];

const cells = z.array(z.unknown()).optional();

const lineSchema = z.object({
  quarterlyCapitalExpenditure: cells,
  quarterlyOperatingCashFlow: cells,
  quarterlyTotalRevenue: cells,
  quarterlyResearchAndDevelopment: cells,
});

type LineKey = keyof z.output<typeof lineSchema>;

/**
 * One figure of one quarter. A length that is left out is a quarter's, by the name of the line; a currency that is
 * left out may be any.
 */
const cellSchema = z
  .object({
    asOfDate: z.iso.date(),
    periodType: z.literal('3M').nullish(),
    currencyCode: z.literal('USD'),
    reportedValue: z.object({ raw: z.number() }),
  })
  .transform(({ asOfDate, reportedValue }) => ({ end: asOfDate, dollars: reportedValue.raw }));

type MutableQuarter = { -readonly [Key in keyof FundamentalsQuarter]: FundamentalsQuarter[Key] };

const unfold = (lines: readonly z.output<typeof lineSchema>[]) => {
  const byEnd = new Map<string, MutableQuarter>();
  let oddCells = 0;
  for (const { key, figure, outflow } of LINES) {
    for (const cell of lines.flatMap((line) => line[key] ?? [])) {
      if (cell === null) continue;
      const { data } = cellSchema.safeParse(cell);
      if (data === undefined || (outflow && data.dollars > 0)) {
        oddCells += 1;
        continue;
      }
      // No such company has a quarter of nothing: a 0 stands for a figure that is not there.
      if (data.dollars === 0) continue;
      const quarter = byEnd.get(data.end) ?? { end: data.end };
      quarter[figure] = (outflow ? -data.dollars : data.dollars) / 1_000_000;
      byEnd.set(data.end, quarter);
    }
  }
  const quarters: FundamentalsQuarter[] = [...byEnd.values()].sort((a, b) => (a.end < b.end ? -1 : 1));
  return { quarters, oddCells };
};

const statementSchema = z
  .object({ timeseries: z.object({ result: z.array(lineSchema) }) })
  .transform(({ timeseries }) => timeseries.result);

/** The answers for a company's statements in our words: quarters oldest first, and how many cells could not be read. */
export const statementsSchema = z.array(statementSchema).transform((statements) => unfold(statements.flat()));
