import { stringify } from 'csv-stringify/sync';
import { EXPORT_FIELDS, EXPORT_LICENCE, EXPORT_SCHEMA, type ExportedFact } from './exported-fact.ts';

export type ExportFormat = 'csv' | 'json';

/** RFC 4180. A text that a spreadsheet would take for a formula begins with an apostrophe; numbers stay numbers. */
const asCsv = (facts: readonly ExportedFact[]): string =>
  stringify([...facts], {
    header: true,
    columns: EXPORT_FIELDS,
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { boolean: String },
  });

/** The text of an export, as `facts export` writes it. `asOf`: epoch milliseconds. */
export const exportText = (format: ExportFormat, facts: readonly ExportedFact[], asOf: number): string =>
  format === 'csv'
    ? asCsv(facts)
    : `${JSON.stringify({ schema: EXPORT_SCHEMA, licence: EXPORT_LICENCE, as_of: new Date(asOf).toISOString(), facts }, null, 2)}\n`;
