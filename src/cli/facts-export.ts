import { writeFileSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { loadCompanies } from '../facts/companies.ts';
import {
  EXPORT_FIELDS,
  EXPORT_LICENCE,
  EXPORT_SCHEMA,
  type ExportedFact,
  exportFacts,
} from '../facts/exported-fact.ts';
import { loadFacts } from '../facts/fact-files.ts';
import { ownLedger } from './own-store.ts';
import { UsageError } from './usage-error.ts';

export interface ExportOptions {
  readonly format: 'csv' | 'json';
  /** Path of the file; default: standard output. */
  readonly out?: string;
}

/** RFC 4180. A text that a spreadsheet would take for a formula begins with an apostrophe; numbers stay numbers. */
export const asCsv = (facts: readonly ExportedFact[]): string =>
  stringify([...facts], {
    header: true,
    columns: EXPORT_FIELDS,
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { boolean: String },
  });

const asJson = (facts: readonly ExportedFact[], now: number): string =>
  `${JSON.stringify({ schema: EXPORT_SCHEMA, licence: EXPORT_LICENCE, as_of: new Date(now).toISOString(), facts }, null, 2)}\n`;

const write = (path: string, content: string): void => {
  try {
    writeFileSync(path, content);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/, open .*$/, '') : 'unknown reason';
    throw new UsageError(`--out "${path}": cannot be written (${reason}); give a file in a folder that exists`, {
      cause: error,
    });
  }
};

/**
 * `facts export`: the whole ledger as known now, superseded figures included, to a file or to standard output. The
 * terms go to standard error.
 * @throws UsageError, FactsError, ConfigError, StoreError
 */
export const exportLedger = async (
  { format, out }: ExportOptions,
  print: (text: string) => void,
  warn: (text: string) => void,
  now = Date.now(),
): Promise<void> => {
  const companies = loadCompanies();
  const curated = new Map(loadFacts().map(({ id, source }) => [id, source.url]));
  const facts = exportFacts((await ownLedger()).known(now), {
    nameOf: (subject) => companies.get(subject)?.name.en ?? subject,
    isCurated: ({ id, source }) => curated.get(id) === source.url,
  });
  const content = format === 'csv' ? asCsv(facts) : asJson(facts, now);
  if (out === undefined) print(content);
  else write(out, content);
  warn(`${facts.length} figures, ${EXPORT_SCHEMA}${out === undefined ? '' : `, in ${out}`}. ${EXPORT_LICENCE}\n`);
};
