import { readFileSync } from 'node:fs';
import { loadCompanies } from '../facts/companies.ts';
import { createDocumentReader, type FiledText } from '../facts/edgar/inline/read-document.ts';
import { readSegments } from '../facts/edgar/segments/segment-amounts.ts';
import { DOLLARS_PER_MILLION } from '../facts/fact.ts';
import { lengthOf } from '../facts/period.ts';
import { table } from './table.ts';
import { UsageError } from './usage-error.ts';

export interface SegmentsOptions {
  /** Path of a report's primary document. */
  readonly document: string;
  /** In upper or lower case. */
  readonly symbol: string;
  /** The day on which it was filed, which decides the basis of a redrawn segment. */
  readonly filed: string;
  readonly format: 'text' | 'json';
}

const readText = (path: string): FiledText => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`${path}: the file cannot be read; pass a report's primary document`, { cause });
  }
  const reader = createDocumentReader();
  reader.write(text);
  const read = reader.end();
  if (!read) throw new UsageError(`${path}: the file is truncated; download it again`);
  return read;
};

const MONTH_DAYS = 30.44;

/**
 * `facts segments`: every amount of a company's segments in a report's document, quarters and longer spans apart; JSON in
 * millions of US dollars, or a table.
 * @throws UsageError
 */
export const segments = ({ document: path, symbol, filed, format }: SegmentsOptions): string => {
  const marked = loadCompanies().filers.filter((it) => it.segments !== undefined);
  const company = marked.find(({ subject }) => subject === symbol.toUpperCase());
  if (!company)
    throw new UsageError(`--symbol "${symbol}": expected one of ${marked.map(({ subject }) => subject).join(', ')}`);
  const { found, missing } = readSegments(company, filed, readText(path).facts);
  const [first] = missing;
  if (first !== undefined && found.length === 0)
    throw new UsageError(`${path}: ${company.name}'s ${missing.join(' and ')} is not in it; pass a 10-Q or 10-K of it`);
  const rows = found.flatMap(({ metric, basis, amounts, held }) =>
    [...amounts.map((it) => ({ ...it, doubt: undefined })), ...held].map(({ start, end, value, doubt }) => ({
      symbol: company.subject,
      metric,
      start,
      end,
      months: Math.round((lengthOf({ start, end }) ?? 0) / MONTH_DAYS),
      value: value / DOLLARS_PER_MILLION,
      unit: 'USD_M',
      basis,
      ...(doubt !== undefined && { doubt }),
    })),
  );
  if (format === 'json') return `${JSON.stringify(rows, null, 2)}\n`;
  return `${table(
    [
      { title: 'metric' },
      { title: 'days' },
      { title: 'months', align: 'right' },
      { title: 'USD million', align: 'right' },
      { title: 'basis' },
    ],
    rows.map((it) => [
      it.metric,
      `${it.start} to ${it.end}`,
      String(it.months),
      it.value.toLocaleString('en-US'),
      'doubt' in it ? `${it.basis}; cannot be right: ${it.doubt}` : it.basis,
    ]),
  )}\n`;
};
