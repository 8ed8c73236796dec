import type { Companies } from '../facts/companies.ts';
import { type HyperscalerSum, hyperscalerSum } from '../facts/hyperscaler-sum.ts';
import { asOfInstant } from '../facts/known-from.ts';
import type { Ledger } from '../facts/ledger.ts';
import { calendarQuarter, shiftQuarter } from '../facts/period.ts';
import { newYorkDay } from '../market/exchange-time.ts';
import { asOfText } from './as-of-text.ts';
import { table } from './table.ts';

/** Calendar quarters shown, latest first. */
const QUARTERS_SHOWN = 12;

const sums = (ledger: Ledger, companies: Companies, asOf: string): HyperscalerSum[] => {
  const current = calendarQuarter(newYorkDay(asOfInstant(asOf)));
  return Array.from({ length: QUARTERS_SHOWN }, (_, back) =>
    hyperscalerSum(ledger, companies, shiftQuarter(current, -back), asOf),
  ).flatMap((sum) => sum ?? []);
};

const percent = (value: number | undefined, sign = ''): string =>
  value === undefined ? 'not disclosed' : `${value < 0 ? '−' : sign}${Math.abs(value).toFixed(0)}%`;

/** Cash capex of the four hyperscalers by calendar quarter, as known by the end of a day or a minute. */
export const showFour = (ledger: Ledger, companies: Companies, asOf: string, format: 'json' | 'text'): string => {
  const rows = sums(ledger, companies, asOf);
  if (format === 'json')
    return `${JSON.stringify(
      rows.map(({ quarter, ...sum }) => ({ companies: companies.four, ...quarter, unit: 'USD_M', ...sum })),
      null,
      2,
    )}\n`;
  const lines = rows.map(({ quarter, capex, reported, of, ofOperatingCashFlow, yoyPercent }) => [
    quarter.end,
    capex.toLocaleString('en'),
    `${reported} of ${of}`,
    percent(ofOperatingCashFlow),
    percent(yoyPercent, '+'),
  ]);
  return `Cash capex of ${companies.four.join(', ')} ${asOfText(asOf)}, millions of USD\n\n${table(
    [
      { title: 'quarter to' },
      { title: 'capex', align: 'right' },
      { title: 'reported' },
      { title: 'of operating cash flow', align: 'right' },
      { title: 'yoy', align: 'right' },
    ],
    lines,
  )}\n`;
};
