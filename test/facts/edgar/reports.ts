import { loadCompanies } from '../../../src/facts/companies.ts';
import type { FiledFacts } from '../../../src/facts/edgar/filed-facts.ts';
import type { FiledRow } from '../../../src/facts/edgar/filed-row.ts';
import { refreshFacts } from '../../../src/facts/edgar/refresh.ts';
import type { Fact } from '../../../src/facts/fact.ts';
import type { Appearing, EdgarDouble } from '../../doubles/edgar/index.ts';
import { createMemoryFacts } from './memory-facts.ts';
import { type Filing, filed, spelled, tenK, tenQ } from './rows.ts';
import { stage } from './setup.ts';

export const PPE = 'PaymentsToAcquirePropertyPlantAndEquipment';
const CASH = 'NetCashProvidedByUsedInOperatingActivities';
const CONTRACTS = 'RevenueFromContractWithCustomerExcludingAssessedTax';
const TAGS = [PPE, CASH, CONTRACTS] as const;
export const META = 1326801;
const MSFT = 789019;

const companies = loadCompanies().filers.filter(({ subject }) => subject === 'META' || subject === 'MSFT');
export const meta = companies.filter(({ subject }) => subject === 'META');

/** A filing and its capex; operating cash flow is twice that, and revenue four times. */
export type Report = readonly [Filing, Readonly<Record<string, number>>];

const rowsOf = (reports: readonly Report[], times: number): FiledRow[] =>
  reports.flatMap(([filing, capex]) =>
    filed(filing, Object.fromEntries(Object.entries(capex).map(([period, value]) => [period, value * times]))),
  );

export const setFigures = (
  double: EdgarDouble,
  cik: number,
  reports: readonly Report[],
  tags: readonly string[] = TAGS,
  appearing: Appearing = {},
): void => {
  const timesOf = (tag: string): number => (tag === PPE ? 1 : tag === CASH ? 2 : 4);
  for (const tag of tags) double.setConcept(cik, tag, spelled(rowsOf(reports, timesOf(tag))), appearing);
};

export const list = (double: EdgarDouble, cik: number, ...filings: Filing[]): void => {
  for (const filing of filings) double.addFiling(cik, filing);
};

export const spring: Report = [tenQ('2024-04-25'), { '2024-01-01/2024-03-31': 6_400 }];
export const summer: Report = [tenQ('2024-07-31'), { '2024-01-01/2024-06-30': 14_573 }];

export const withReports = async () => {
  const staged = await stage();
  const store = createMemoryFacts();
  for (const cik of [META, MSFT]) {
    list(staged.double, cik, spring[0]);
    setFigures(staged.double, cik, [spring]);
  }
  const refresh = (options: Partial<Parameters<typeof refreshFacts>[0]> = {}) =>
    refreshFacts({
      client: staged.client,
      companies,
      filed: store,
      curated: [],
      now: staged.time.clock(),
      log: staged.log,
      ...options,
    });
  return { ...staged, store, refresh };
};

export const summaryOf = ({ metric, label, value, published }: Fact): string =>
  `${metric} ${label} ${value} ${published}`;

export const stored = async (store: FiledFacts): Promise<Record<string, string[]>> => ({
  META: (await store.known('META')).map(summaryOf).toSorted(),
  MSFT: (await store.known('MSFT')).map(summaryOf).toSorted(),
});

export const afterSpring = (label: string): string[] => [
  `capex_cash ${label} 6400 2024-04-25`,
  `operating_cash_flow ${label} 12800 2024-04-25`,
  `revenue ${label} 25600 2024-04-25`,
];

const afterSummer = (spring: string, summer: string): string[] =>
  [
    ...afterSpring(spring),
    `capex_cash ${summer} 8173 2024-07-31`,
    `operating_cash_flow ${summer} 16346 2024-07-31`,
    `revenue ${summer} 32692 2024-07-31`,
  ].toSorted();

export const wholeSummer = { META: afterSummer('2024 Q1', '2024 Q2'), MSFT: afterSummer('FY2024 Q3', 'FY2024 Q4') };

/** Microsoft's year begins in July, so its half-year has to begin there. */
const msftYear: readonly Report[] = [
  [spring[0], { '2023-07-01/2024-03-31': 30_604, '2024-01-01/2024-03-31': 6_400 }],
  [tenK('2024-07-31'), { '2023-07-01/2024-06-30': 38_777 }],
];

export const publishSummer = (double: EdgarDouble): void => {
  list(double, META, summer[0]);
  setFigures(double, META, [spring, summer]);
  list(double, MSFT, tenK('2024-07-31'));
  setFigures(double, MSFT, msftYear);
};
