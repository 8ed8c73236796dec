import { EXPORT_FIELDS, exportedFactSchema } from '../facts/exported-fact.ts';

/** The fields of an export as a table, for docs/open-data.md. */
export const fieldTable = (): string =>
  [
    '| field | always | what it is |',
    '|---|---|---|',
    ...EXPORT_FIELDS.map((field) => {
      const { description = '' } = exportedFactSchema.shape[field];
      const isAlways = !exportedFactSchema.shape[field].isOptional();
      return `| \`${field}\` | ${isAlways ? 'yes' : ''} | ${description} |`;
    }),
  ].join('\n');
