import { type Answer, json, notFound } from './pages.ts';

/** One figure as EDGAR lists it. */
export interface DoubleRow {
  readonly start?: string;
  readonly end: string;
  readonly val: number;
  readonly accn: string;
  readonly fy?: number | null;
  readonly fp?: string | null;
  readonly form: string;
  readonly filed: string;
  readonly frame?: string;
}

export interface DoubleFiling {
  readonly accession: string;
  readonly form: string;
  readonly filed: string;
  /** Last day of the period that it reports on. */
  readonly period?: string;
}

export interface Resource {
  readonly answer: Answer;
  /** Epoch milliseconds. */
  readonly changed: number;
}

interface Filer {
  readonly concepts: Map<string, { readonly rows: readonly DoubleRow[]; readonly changed: number }>;
  readonly filings: { readonly filing: DoubleFiling; readonly changed: number }[];
}

const padded = (cik: number): string => String(cik).padStart(10, '0');

const described = (tag: string) => ({ label: tag.replace(/(?<=[a-z])(?=[A-Z])/g, ' '), description: `${tag}.` });

const submissionsOf = (cik: number, { filings }: Filer): unknown => {
  const newestFirst = filings
    .map(({ filing }) => filing)
    .toReversed()
    .sort((a, b) => (a.filed === b.filed ? 0 : a.filed < b.filed ? 1 : -1));
  const column = <T>(of: (filing: DoubleFiling) => T): T[] => newestFirst.map(of);
  return {
    cik: padded(cik),
    entityType: 'operating',
    name: `Filer ${cik}`,
    tickers: [],
    exchanges: ['Nasdaq'],
    filings: {
      recent: {
        accessionNumber: column(({ accession }) => accession),
        filingDate: column(({ filed }) => filed),
        reportDate: column(({ period }) => period ?? ''),
        acceptanceDateTime: column(({ filed }) => `${filed}T16:05:00.000Z`),
        act: column(() => '34'),
        form: column(({ form }) => form),
        items: column(() => ''),
        size: column(() => 1),
        isXBRL: column(() => 1),
        isInlineXBRL: column(() => 1),
        primaryDocument: column(() => 'report.htm'),
        primaryDocDescription: column(({ form }) => form),
      },
      files: [],
    },
  };
};

const PATHS = {
  submissions: /^\/submissions\/CIK(\d{10})\.json$/,
  concept: /^\/api\/xbrl\/companyconcept\/CIK(\d{10})\/us-gaap\/(\w+)\.json$/,
  companyfacts: /^\/api\/xbrl\/companyfacts\/CIK(\d{10})\.json$/,
} as const;

export type Endpoint = keyof typeof PATHS;

export const endpointOf = (path: string): Endpoint | undefined =>
  (Object.keys(PATHS) as Endpoint[]).find((name) => PATHS[name].test(path));

/** Everything that was filed, and the answers made of it. */
export const createArchive = (clock: () => number) => {
  const filers = new Map<number, Filer>();
  const filerOf = (cik: number): Filer => {
    const filer = filers.get(cik) ?? { concepts: new Map(), filings: [] };
    filers.set(cik, filer);
    return filer;
  };

  const find = (path: string): Resource | undefined => {
    const endpoint = endpointOf(path);
    const [, digits = '', tag = ''] = (endpoint && PATHS[endpoint].exec(path)) ?? [];
    const cik = Number(digits);
    const filer = filers.get(cik);
    if (endpoint === undefined || filer === undefined) return undefined;
    const head = { cik, entityName: `Filer ${cik}` };
    if (endpoint === 'submissions') {
      const changed = Math.max(0, ...filer.filings.map((it) => it.changed));
      return { answer: json(submissionsOf(cik, filer)), changed };
    }
    if (endpoint === 'concept') {
      const concept = filer.concepts.get(tag);
      const units = { USD: concept?.rows };
      return (
        concept && {
          answer: json({ cik, taxonomy: 'us-gaap', tag, ...described(tag), entityName: head.entityName, units }),
          changed: concept.changed,
        }
      );
    }
    const facts = Object.fromEntries(
      [...filer.concepts].map(([name, { rows }]) => [name, { ...described(name), units: { USD: rows } }]),
    );
    const changed = Math.max(0, ...[...filer.concepts.values()].map((it) => it.changed));
    return { answer: json({ ...head, facts: { 'us-gaap': facts } }), changed };
  };

  return {
    setConcept: (cik: number, tag: string, rows: readonly DoubleRow[]): void => {
      filerOf(cik).concepts.set(tag, { rows, changed: clock() });
    },
    addFiling: (cik: number, filing: DoubleFiling): void => {
      filerOf(cik).filings.push({ filing, changed: clock() });
    },
    resource: (path: string): Resource => find(path) ?? { answer: notFound(), changed: 0 },
  };
};
