import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { daySchema } from '../fact.ts';
import { EdgarError } from './edgar-error.ts';
import type { FiledRow } from './filed-row.ts';

const rowSchema = z
  .object({
    start: daySchema.optional(),
    end: daySchema,
    val: z.number(),
    accn: z.string().min(1),
    form: z.string().min(1),
    filed: daySchema,
  })
  .transform(
    ({ start, val, accn, ...same }): FiledRow => ({
      ...same,
      ...(start !== undefined && { start }),
      value: val,
      accession: accn,
    }),
  );

/** Figures in dollars; other units (shares, dollars per share) are ignored. */
const unitsSchema = z.object({ USD: z.array(rowSchema).default([]) });

/** `/api/xbrl/companyconcept/CIK##########/us-gaap/TAG.json`: everything one company filed under one tag. */
export const conceptSchema = z.object({ units: unitsSchema }).transform(({ units }): readonly FiledRow[] => units.USD);

/** `/api/xbrl/companyfacts/CIK##########.json`. Its hundreds of tags are parsed on demand. */
const companyfactsSchema = z.object({
  cik: z.coerce.number().int().optional(),
  entityName: z.string().optional(),
  facts: z.object({ 'us-gaap': z.record(z.string(), z.unknown()) }),
});

export interface Companyfacts {
  /** The SEC's number of the filer, if the file has one. */
  readonly cik: number | undefined;
  readonly entity: string;
  /** Figures in dollars under a us-gaap tag; undefined if the file does not have the tag. Throws EdgarError. */
  rowsOf(tag: string): readonly FiledRow[] | undefined;
}

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const what = missing ? 'no such file' : 'the file cannot be read';
    throw new EdgarError('unreadable', `${path}: ${what}; pass a company's companyfacts file`, { cause });
  }
};

const parse = (path: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // Begins like JSON but does not end like it: the download was cut off.
    const cut = /^\s*\{/.test(text) && !/\}\s*$/.test(text);
    const what = cut ? 'the file is truncated' : 'not JSON';
    throw new EdgarError('unreadable', `${path}: ${what}; download it again from data.sec.gov`, { cause });
  }
};

/**
 * Reads a companyfacts file as downloaded from EDGAR.
 * @throws EdgarError (`unreadable`): no such file, cut off, not JSON, not companyfacts.
 */
export const readCompanyfacts = (path: string): Companyfacts => {
  const parsed = companyfactsSchema.safeParse(parse(path, readText(path)));
  if (!parsed.success) {
    const at = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new EdgarError('unreadable', `${path}: not a companyfacts file (at "${at}"); see data.sec.gov/api/xbrl`);
  }
  const { cik, entityName, facts } = parsed.data;
  return {
    cik,
    entity: entityName ?? 'another company',
    rowsOf: (tag) => {
      if (!Object.hasOwn(facts['us-gaap'], tag)) return undefined;
      const rows = conceptSchema.safeParse(facts['us-gaap'][tag]);
      if (rows.success) return rows.data;
      const at = rows.error.issues[0]?.path.join('.') ?? '';
      throw new EdgarError('unreadable', `${path}: ${tag} cannot be read (at "${at}"); download the file again`);
    },
  };
};
