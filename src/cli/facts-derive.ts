import { parseArgs } from 'node:util';
import {
  COMPANIES,
  type Company,
  FILED_METRICS,
  type FiledFigure,
  type FiledMetric,
} from '../facts/edgar/companies.ts';
import { type Companyfacts, readCompanyfacts } from '../facts/edgar/companyfacts.ts';
import type { DerivedQuarter } from '../facts/edgar/derive.ts';
import { EdgarError } from '../facts/edgar/edgar-error.ts';
import { quartersOf } from '../facts/edgar/quarters-of.ts';
import { UsageError } from './usage-error.ts';

const usage = `usage: facts derive --companyfacts FILE --symbol SYMBOL --metric ${FILED_METRICS.join('|')} [--format text|json]`;

/** One quarter as programs read it. The shape is stable. */
interface DerivedRow {
  readonly symbol: string;
  readonly metric: FiledMetric;
  readonly fiscalPeriod: string;
  readonly start: string;
  readonly end: string;
  /** In `unit`. */
  readonly value: number;
  readonly unit: 'USD_M';
  readonly basis: string;
  readonly published: string;
  readonly source: { readonly title: string; readonly url: string };
  readonly note: string;
}

interface Options {
  readonly path: string;
  readonly company: Company;
  readonly metric: FiledMetric;
  readonly figure: FiledFigure;
  readonly format: 'text' | 'json';
}

const readOptions = (args: readonly string[]): Options => {
  const text = { type: 'string' } as const;
  let values: { [name in 'companyfacts' | 'symbol' | 'metric' | 'format']?: string | undefined };
  try {
    const options = { companyfacts: text, symbol: text, metric: text, format: text };
    values = parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}; ${usage}`);
  }
  const given = (name: keyof typeof values): string => {
    const value = values[name]?.trim();
    if (!value) throw new UsageError(`--${name} is missing; ${usage}`);
    return value;
  };
  const oneOf = <T extends string>(name: string, value: string, allowed: readonly T[]): T => {
    const found = allowed.find((it) => it === value);
    if (found === undefined) throw new UsageError(`--${name} "${value}": expected ${allowed.join(', ')}`);
    return found;
  };
  const path = given('companyfacts');
  const symbol = given('symbol').toUpperCase();
  const company = COMPANIES.find(({ subject }) => subject === symbol);
  if (!company) {
    throw new UsageError(`--symbol "${symbol}": expected ${COMPANIES.map(({ subject }) => subject).join(', ')}`);
  }
  const metric = oneOf('metric', given('metric'), FILED_METRICS);
  const figure = company.figures[metric];
  if (!figure) {
    const told = FILED_METRICS.filter((it) => it in company.figures).join(', ');
    throw new UsageError(`--metric "${metric}": not in the data of ${company.name}'s filings; there is ${told}`);
  }
  return { path, company, metric, figure, format: oneOf('format', values.format ?? 'text', ['text', 'json']) };
};

const read = ({ path, company, metric, figure }: Options): DerivedQuarter[] => {
  let facts: Companyfacts;
  try {
    facts = readCompanyfacts(path);
    if (facts.cik !== undefined && facts.cik !== company.cik) {
      throw new UsageError(
        `${path}: of ${facts.entity} (CIK ${facts.cik}), and ${company.subject} is CIK ${company.cik}; give that company's file`,
      );
    }
    const tags = figure.tags.map(({ tag }) => tag);
    if (tags.every((tag) => facts.rowsOf(tag) === undefined)) {
      throw new UsageError(
        `${path}: no ${tags.join(' or ')} in it, so ${metric} cannot be derived; use the whole file`,
      );
    }
    return quartersOf(company, figure, facts.rowsOf);
  } catch (error) {
    if (error instanceof EdgarError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
};

/** Of each quarter the value filed last. */
const inForce = (quarters: readonly DerivedQuarter[]): DerivedQuarter[] => [
  ...new Map(quarters.map((quarter) => [quarter.period.label, quarter])).values(),
];

const asRow = ({ company, metric, figure }: Options, quarter: DerivedQuarter): DerivedRow => ({
  symbol: company.subject,
  metric,
  fiscalPeriod: quarter.period.label,
  start: quarter.period.start,
  end: quarter.period.end,
  value: quarter.value / 1_000_000,
  unit: 'USD_M',
  basis: figure.basis,
  published: quarter.published,
  source: { title: `${company.name} ${quarter.filing.form} ${quarter.filing.accession}`, url: quarter.filing.url },
  note: quarter.note,
});

const table = (rows: readonly DerivedRow[]): string => {
  const cells = rows.map((it) => [
    it.fiscalPeriod,
    `${it.start} to ${it.end}`,
    it.value.toLocaleString('en-US'),
    it.published,
    it.source.title,
    it.note,
  ]);
  const head = ['period', 'days', 'USD million', 'published', 'source', 'how'];
  const widths = head.map((name, column) => Math.max(name.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [head, ...cells].map((row) => `${line(row)}\n`).join('');
};

/**
 * `facts derive`: prints the quarters of one metric out of a companyfacts file, one for each period with the value
 * filed last; JSON in millions of US dollars, or a table.
 * @throws UsageError; nothing has been printed then.
 */
export const derive = (args: readonly string[], print: (text: string) => void): void => {
  const options = readOptions(args);
  const rows = inForce(read(options)).map((quarter) => asRow(options, quarter));
  if (options.format === 'json') print(`${JSON.stringify(rows, null, 2)}\n`);
  else if (rows.length > 0) print(table(rows));
  else
    print(`No quarter of ${options.metric} can be derived: the file has no three months and no two years to date.\n`);
};
