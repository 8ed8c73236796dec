import { z } from 'zod';
import type { FundamentalsQuarter } from '../../source.ts';

type Figure = Exclude<keyof FundamentalsQuarter, 'end'>;

/** Yahoo's lines and our figures. Yahoo gives outflows as negative numbers. */
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

/** One figure of one quarter. Without a period type it is a quarter, by the line's name. The currency is required. */
const cellSchema = z
  .object({
    asOfDate: z.iso.date(),
    periodType: z.literal('3M').nullish(),
    currencyCode: z.literal('USD'),
    reportedValue: z.object({ raw: z.number() }),
  })
  .transform(({ asOfDate, reportedValue }) => ({ end: asOfDate, dollars: reportedValue.raw }));

type MutableQuarter = { -readonly [Key in keyof FundamentalsQuarter]: FundamentalsQuarter[Key] };

const readLines = (lines: readonly z.output<typeof lineSchema>[]) => {
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
      // None of these companies has a quarter of 0: Yahoo writes 0 for a missing figure.
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

/** The answers for a company's statements as quarters, oldest first, and the number of cells that could not be read. */
export const statementsSchema = z.array(statementSchema).transform((statements) => readLines(statements.flat()));
