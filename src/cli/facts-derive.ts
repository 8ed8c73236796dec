import { loadCompanies } from '../facts/companies.ts';
import { type Companyfacts, readCompanyfacts } from '../facts/edgar/companyfacts.ts';
import { type DerivedQuarter, quartersOf } from '../facts/edgar/derive.ts';
import { EdgarError } from '../facts/edgar/edgar-error.ts';
import { FILED_METRICS, type FiledFigure, type FiledMetric, type Filer } from '../facts/edgar/filer.ts';
import { kindOf } from '../facts/metric.ts';
import { table } from './table.ts';
import { UsageError } from './usage-error.ts';

/** One quarter as JSON. The shape is stable. */
interface DerivedRow {
  readonly symbol: string;
  readonly metric: FiledMetric;
  readonly fiscalPeriod: string;
  /** Absent for a balance. */
  readonly start?: string;
  readonly end: string;
  /** In `unit`. */
  readonly value: number;
  readonly unit: 'USD_M';
  readonly basis: string;
  readonly published: string;
  readonly source: { readonly title: string; readonly url: string };
  readonly note: string;
}

export interface DeriveOptions {
  /** Path of a companyfacts file. */
  readonly companyfacts: string;
  /** In upper or lower case. */
  readonly symbol: string;
  readonly metric: FiledMetric;
  readonly format: 'text' | 'json';
}

interface Derivation extends Omit<DeriveOptions, 'symbol'> {
  readonly company: Filer;
}

const companyOf = (symbol: string): Filer => {
  const { filers } = loadCompanies();
  const found = filers.find(({ subject }) => subject === symbol.toUpperCase());
  if (found) return found;
  const available = filers.map(({ subject }) => subject).join(', ');
  throw new UsageError(`--symbol "${symbol}": expected one of ${available}`);
};

const figureOf = ({ company, metric }: Derivation): FiledFigure => {
  const figure = company.figures[metric];
  if (figure) return figure;
  const available = FILED_METRICS.filter((it) => it in company.figures).join(', ');
  throw new UsageError(`--metric "${metric}": not in ${company.name}'s filings; available: ${available}`);
};

const read = ({ companyfacts: path, company, metric }: Derivation, figure: FiledFigure): DerivedQuarter[] => {
  let facts: Companyfacts;
  try {
    facts = readCompanyfacts(path);
    if (facts.cik !== undefined && facts.cik !== company.cik) {
      throw new UsageError(
        `${path}: belongs to ${facts.entity} (CIK ${facts.cik}), but ${company.subject} is CIK ${company.cik}; pass that company's file`,
      );
    }
    const tags = figure.tags.map(({ tag }) => tag);
    if (tags.every((tag) => facts.rowsOf(tag) === undefined)) {
      throw new UsageError(
        `${path}: does not contain ${tags.join(' or ')}, so ${metric} cannot be derived; use the complete file`,
      );
    }
    return quartersOf(company, figure, facts.rowsOf, kindOf(metric));
  } catch (error) {
    if (error instanceof EdgarError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
};

/** The value filed last for each quarter. */
const inForce = (quarters: readonly DerivedQuarter[]): DerivedQuarter[] => [
  ...new Map(quarters.map((quarter) => [quarter.period.label, quarter])).values(),
];

const asRow = ({ company, metric }: Derivation, { basis }: FiledFigure, quarter: DerivedQuarter): DerivedRow => ({
  symbol: company.subject,
  metric,
  fiscalPeriod: quarter.period.label,
  ...(quarter.period.start !== undefined && { start: quarter.period.start }),
  end: quarter.period.end,
  value: quarter.value / 1_000_000,
  unit: 'USD_M',
  basis,
  published: quarter.published,
  source: { title: `${company.name} ${quarter.filing.form} ${quarter.filing.accession}`, url: quarter.filing.url },
  note: quarter.note,
});

const asText = (rows: readonly DerivedRow[]): string =>
  table(
    [
      { title: 'period' },
      { title: 'days' },
      { title: 'USD million', align: 'right' },
      { title: 'published' },
      { title: 'source' },
      { title: 'how' },
    ],
    rows.map((it) => [
      it.fiscalPeriod,
      it.start === undefined ? it.end : `${it.start} to ${it.end}`,
      it.value.toLocaleString('en-US'),
      it.published,
      it.source.title,
      it.note,
    ]),
  );

/**
 * `facts derive`: the quarters of one metric out of a companyfacts file, one for each period with the value filed last;
 * JSON in millions of US dollars, or a table.
 * @throws UsageError
 */
export const derive = ({ symbol, ...given }: DeriveOptions): string => {
  const options = { ...given, company: companyOf(symbol) };
  const figure = figureOf(options);
  const rows = inForce(read(options, figure)).map((quarter) => asRow(options, figure, quarter));
  if (options.format === 'json') return `${JSON.stringify(rows, null, 2)}\n`;
  if (rows.length > 0) return `${asText(rows)}\n`;
  return `No quarter of ${options.metric} can be derived: the file has neither three-month figures nor two year-to-date ones to subtract.\n`;
};
