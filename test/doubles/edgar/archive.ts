import { newYorkDay, newYorkTime } from '../../../src/market/exchange-time.ts';
import { type Answer, indexPage, json, notFound, plainReport } from './pages.ts';

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
  /** When it was accepted, epoch milliseconds. Default: 16:05 New York of the day it was filed. */
  readonly accepted?: number;
  /** How `acceptanceDateTime` says that: as UTC, or as New York's time with a "Z" all the same. Default: UTC. */
  readonly stamp?: 'utc' | 'new-york';
  /** Items of an 8-K: "2.02,9.01". */
  readonly items?: string;
  /** Default: report.htm, which is a report without segments until `setDocument` replaces it. */
  readonly document?: string;
  /** File names by type, for its index: "EX-99.1". Without any the index is not there. */
  readonly exhibits?: Readonly<Record<string, string>> | undefined;
}

/** From when on something is in the answers, epoch milliseconds: EDGAR's caches differ by minutes. Default: at once. */
export interface Appearing {
  readonly from?: number;
}

/** A document of a filing, as it is sent. */
export interface DoubleDocument {
  readonly body: string;
  /** Default: text/html. */
  readonly type?: string;
}

export interface Resource {
  readonly answer: Answer;
  /** Epoch milliseconds. */
  readonly changed: number;
}

interface Concept {
  readonly rows: readonly DoubleRow[];
  readonly changed: number;
}

interface Filer {
  /** By tag, each with its versions in the order they appear. */
  readonly concepts: Map<string, readonly Concept[]>;
  readonly filings: { readonly filing: DoubleFiling; readonly changed: number }[];
  readonly documents: Map<string, { readonly document: DoubleDocument; readonly changed: number }>;
}

const acceptedAt = ({ accepted, filed }: DoubleFiling): number => accepted ?? newYorkTime(filed, '16:05');

const stampOf = (filing: DoubleFiling): string => {
  const accepted = acceptedAt(filing);
  if (filing.stamp !== 'new-york') return new Date(accepted).toISOString();
  const offset = newYorkTime(newYorkDay(accepted), '12:00') - Date.parse(`${newYorkDay(accepted)}T12:00Z`);
  return new Date(accepted - offset).toISOString();
};

const padded = (cik: number): string => String(cik).padStart(10, '0');

const described = (tag: string) => ({ label: tag.replace(/(?<=[a-z])(?=[A-Z])/g, ' '), description: `${tag}.` });

const submissionsOf = (cik: number, { filings }: Filer): unknown => {
  const newestFirst = filings
    .map(({ filing }) => filing)
    .toReversed()
    .sort((a, b) => (a.filed === b.filed ? acceptedAt(b) - acceptedAt(a) : a.filed < b.filed ? 1 : -1));
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
        acceptanceDateTime: column(stampOf),
        act: column(() => '34'),
        form: column(({ form }) => form),
        items: column(({ items }) => items ?? ''),
        size: column(() => 1),
        isXBRL: column(() => 1),
        isInlineXBRL: column(() => 1),
        primaryDocument: column(({ document }) => document ?? 'report.htm'),
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
  index: /^\/Archives\/edgar\/data\/(\d+)\/\d+\/([\w-]+)-index\.htm$/,
  document: /^\/Archives\/edgar\/data\/(\d+)\/(\d{18}\/[\w.-]+)$/,
} as const;

export type Endpoint = keyof typeof PATHS;

export const endpointOf = (path: string): Endpoint | undefined =>
  (Object.keys(PATHS) as Endpoint[]).find((name) => PATHS[name].test(path));

/** Everything that was filed, and the answers made of it. */
export const createArchive = (clock: () => number) => {
  const filers = new Map<number, Filer>();
  const filerOf = (cik: number): Filer => {
    const filer = filers.get(cik) ?? { concepts: new Map(), filings: [], documents: new Map() };
    filers.set(cik, filer);
    return filer;
  };

  const find = (path: string, at: number): Resource | undefined => {
    const endpoint = endpointOf(path);
    const [, digits = '', tag = ''] = (endpoint && PATHS[endpoint].exec(path)) ?? [];
    const cik = Number(digits);
    const whole = filers.get(cik);
    if (endpoint === undefined || whole === undefined) return undefined;
    const filer: Filer = { ...whole, filings: whole.filings.filter(({ changed }) => changed <= at) };
    const current = (name: string): Concept | undefined =>
      whole.concepts.get(name)?.findLast(({ changed }) => changed <= at);
    if (endpoint === 'index') {
      const listed = filer.filings.find(({ filing }) => filing.accession === tag);
      return listed?.filing.exhibits && { answer: indexPage(cik, listed.filing), changed: listed.changed };
    }
    if (endpoint === 'document') {
      const isPlain = filer.filings.some(
        ({ filing }) => filing.document === undefined && tag === `${filing.accession.replaceAll('-', '')}/report.htm`,
      );
      const plain = isPlain ? { document: { body: plainReport }, changed: 0 } : undefined;
      const found: { readonly document: DoubleDocument; readonly changed: number } | undefined =
        filer.documents.get(tag) ?? plain;
      const headers = { 'content-type': found?.document.type ?? 'text/html' };
      return found && { answer: { status: 200, headers, body: found.document.body }, changed: found.changed };
    }
    const head = { cik, entityName: `Filer ${cik}` };
    if (endpoint === 'submissions') {
      const changed = Math.max(0, ...filer.filings.map((it) => it.changed));
      return { answer: json(submissionsOf(cik, filer)), changed };
    }
    if (endpoint === 'concept') {
      const concept = current(tag);
      const units = { USD: concept?.rows };
      return (
        concept && {
          answer: json({ cik, taxonomy: 'us-gaap', tag, ...described(tag), entityName: head.entityName, units }),
          changed: concept.changed,
        }
      );
    }
    const facts = Object.fromEntries(
      [...filer.concepts.keys()].flatMap((name) => {
        const concept = current(name);
        return concept ? [[name, { ...described(name), units: { USD: concept.rows } }]] : [];
      }),
    );
    const changed = Math.max(0, ...[...filer.concepts.keys()].map((name) => current(name)?.changed ?? 0));
    return { answer: json({ ...head, facts: { 'us-gaap': facts } }), changed };
  };

  return {
    setConcept: (cik: number, tag: string, rows: readonly DoubleRow[], { from = clock() }: Appearing = {}): void => {
      const { concepts } = filerOf(cik);
      const versions = [...(concepts.get(tag) ?? []), { rows, changed: from }];
      concepts.set(
        tag,
        versions.toSorted((a, b) => a.changed - b.changed),
      );
    },
    addFiling: (cik: number, filing: DoubleFiling, { from = clock() }: Appearing = {}): void => {
      filerOf(cik).filings.push({ filing, changed: from });
    },
    /** Replaces the document of that name. */
    setDocument: (cik: number, accession: string, name: string, document: DoubleDocument): void => {
      filerOf(cik).documents.set(`${accession.replaceAll('-', '')}/${name}`, { document, changed: clock() });
    },
    /** `at`: as it was then, epoch milliseconds. */
    resource: (path: string, at = clock()): Resource => find(path, at) ?? { answer: notFound(), changed: 0 },
  };
};
