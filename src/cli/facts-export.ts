import { writeFileSync } from 'node:fs';
import { loadCompanies } from '../facts/companies.ts';
import { type ExportFormat, exportText } from '../facts/export-text.ts';
import { EXPORT_LICENCE, EXPORT_SCHEMA, exportFacts, exportPartsOf } from '../facts/exported-fact.ts';
import { loadFacts } from '../facts/fact-files.ts';
import { ownLedger } from './own-store.ts';
import { UsageError } from './usage-error.ts';

export interface ExportOptions {
  readonly format: ExportFormat;
  /** Path of the file; default: standard output. */
  readonly out?: string;
}

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
  const facts = exportFacts((await ownLedger()).known(now), exportPartsOf(loadCompanies(), loadFacts()));
  const content = exportText(format, facts, now);
  if (out === undefined) print(content);
  else write(out, content);
  warn(`${facts.length} figures, ${EXPORT_SCHEMA}${out === undefined ? '' : `, in ${out}`}. ${EXPORT_LICENCE}\n`);
};
