import { parse, CsvError as SyntaxFault } from 'csv-parse/sync';
import { LineFault, quoted } from './csv-error.ts';

export const SEPARATORS = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'vertical bars' } as const;
export type Separator = keyof typeof SEPARATORS;

/** One row of cells, without the spaces around them. */
export interface CsvRow {
  /** From 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The separator that splits the header into the most cells, outside of its quotes. */
const separatorOf = (header: string): Separator | undefined => {
  const bare = header.replace(/"[^"]*"/g, '');
  const counted = (Object.keys(SEPARATORS) as Separator[]).map((separator) => ({
    separator,
    count: bare.split(separator).length - 1,
  }));
  const [most] = counted.toSorted((a, b) => b.count - a.count);
  return most && most.count > 0 ? most.separator : undefined;
};

/** `sep=;` in the first line is Excel's own way of naming the separator. */
const NAMED_SEPARATOR = /^"?sep=([,;\t|])"?\n/i;

/** @throws LineFault if there are no cells. */
export const rowsOf = (text: string): { readonly rows: readonly CsvRow[]; readonly separator: Separator } => {
  const whole = text.replace(/\r\n?/g, '\n').replace(/[\n ]+$/, '');
  if (whole === '') throw new LineFault(1, 'the file is empty');
  const named = NAMED_SEPARATOR.exec(whole);
  const skipped = named?.[0] ?? '';
  const from = named ? 2 : 1;
  const body = whole.slice(skipped.length);
  const [header = ''] = body.split('\n', 1);
  const separator = (named?.[1] as Separator | undefined) ?? separatorOf(header);
  if (!separator) {
    const looked = Object.values(SEPARATORS).join(', ');
    throw new LineFault(
      from,
      `one column, ${quoted(header)}; expected a header like date,close (looked for ${looked})`,
    );
  }
  try {
    const records = parse(body, {
      delimiter: separator,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: true,
      info: true,
    }) as unknown as { readonly info: { readonly lines: number }; readonly record: readonly string[] }[];
    return {
      separator,
      rows: records.map(({ info, record }) => ({
        line: info.lines + from - 1,
        cells: record.map((cell) => cell.trim()),
      })),
    };
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    const line = Number(error.lines) || 1;
    const isOpen = error.code === 'CSV_QUOTE_NOT_CLOSED';
    throw new LineFault(
      line + from - 1,
      isOpen ? 'a quote is opened and never closed' : 'the quotes of the row cannot be read',
    );
  }
};
