import type { Day } from '../../util/day.ts';
import type { Basis } from '../basis.ts';
import type { Subject } from '../fact.ts';
import type { Metric } from '../metric.ts';

/** The metrics in the filings' data, which has no segments, guidance and run rates. */
export const FILED_METRICS = [
  'capex_cash',
  'operating_cash_flow',
  'revenue',
  'rd_expense',
  'finance_lease_principal',
] as const satisfies readonly Metric[];

export type FiledMetric = (typeof FILED_METRICS)[number];

/** A us-gaap tag and the periods that it is used for, by their last day. */
export interface TagSpan {
  readonly tag: string;
  /** Periods that end after this day. */
  readonly after?: Day;
  /** Periods that end on this day or before. */
  readonly until?: Day;
}

export interface FiledFigure {
  readonly basis: Basis;
  readonly tags: readonly TagSpan[];
}

export interface Company {
  readonly subject: Subject;
  /** Opens source titles: "Microsoft 10-K 0000950170-24-087843". */
  readonly name: string;
  /** The SEC's number of the filer. */
  readonly cik: number;
  /** The month, 1 to 12, in which the fiscal year ends. */
  readonly yearEnd: number;
  /** Only the metrics that the company's filings' data has. */
  readonly figures: Readonly<Partial<Record<FiledMetric, FiledFigure>>>;
}

const PPE = 'PaymentsToAcquirePropertyPlantAndEquipment';
const PRODUCTIVE = 'PaymentsToAcquireProductiveAssets';
const CONTRACTS = 'RevenueFromContractWithCustomerExcludingAssessedTax';

const figure = (basis: Basis, ...tags: readonly TagSpan[]): FiledFigure => ({ basis, tags });

const cashFlow = figure('cash_flow_statement', { tag: 'NetCashProvidedByUsedInOperatingActivities' });
const research = figure('income_statement', { tag: 'ResearchAndDevelopmentExpense' });
const leases = figure('cash_flow_statement', { tag: 'FinanceLeasePrincipalPayments' });
const revenue = (...tags: readonly TagSpan[]): FiledFigure => figure('total_revenue', ...tags);

/** The Magnificent Seven. To add a company, add it here and its texts to the catalogue. */
export const COMPANIES: readonly Company[] = [
  {
    subject: 'AAPL',
    name: 'Apple',
    cik: 320193,
    yearEnd: 9,
    figures: {
      capex_cash: figure('cash_ppe', { tag: PPE }),
      operating_cash_flow: cashFlow,
      revenue: revenue({ tag: CONTRACTS }),
      rd_expense: research,
    },
  },
  {
    subject: 'MSFT',
    name: 'Microsoft',
    cik: 789019,
    yearEnd: 6,
    figures: {
      capex_cash: figure('cash_ppe', { tag: PPE }),
      operating_cash_flow: cashFlow,
      revenue: revenue({ tag: CONTRACTS }),
      rd_expense: research,
      finance_lease_principal: leases,
    },
  },
  {
    subject: 'GOOGL',
    name: 'Alphabet',
    cik: 1652044,
    yearEnd: 12,
    figures: {
      capex_cash: figure('cash_ppe', { tag: PPE }),
      operating_cash_flow: cashFlow,
      revenue: revenue({ tag: CONTRACTS, until: '2025-03-31' }, { tag: 'Revenues', after: '2025-03-31' }),
      rd_expense: research,
    },
  },
  {
    subject: 'AMZN',
    name: 'Amazon',
    cik: 1018724,
    yearEnd: 12,
    figures: {
      capex_cash: figure('cash_ppe_gross_productive', { tag: PRODUCTIVE, after: '2015-12-31' }),
      operating_cash_flow: cashFlow,
      revenue: revenue({ tag: CONTRACTS }),
      finance_lease_principal: leases,
    },
  },
  {
    subject: 'META',
    name: 'Meta',
    cik: 1326801,
    yearEnd: 12,
    figures: {
      capex_cash: figure('cash_ppe', { tag: PPE }),
      operating_cash_flow: cashFlow,
      revenue: revenue({ tag: CONTRACTS }),
      rd_expense: research,
      finance_lease_principal: leases,
    },
  },
  {
    subject: 'NVDA',
    name: 'Nvidia',
    cik: 1045810,
    yearEnd: 1,
    figures: {
      capex_cash: figure('cash_ppe_and_intangibles', { tag: PRODUCTIVE, after: '2021-01-31' }),
      operating_cash_flow: cashFlow,
      revenue: revenue({ tag: 'Revenues' }),
      rd_expense: research,
    },
  },
  {
    subject: 'TSLA',
    name: 'Tesla',
    cik: 1318605,
    yearEnd: 12,
    figures: {
      capex_cash: figure('company_capex', { tag: PPE }),
      operating_cash_flow: cashFlow,
      revenue: revenue({ tag: 'Revenues' }),
      rd_expense: research,
    },
  },
];
