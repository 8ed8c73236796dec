import type { Bar } from '../bar.ts';
import { LineFault } from './csv-error.ts';

/** A bar and the line that it stands in. */
export interface BarLine {
  readonly line: number;
  readonly bar: Bar;
  /** The close as it is written. */
  readonly close: string;
}

export interface Ordered {
  /** Oldest first, one a day. */
  readonly rows: readonly BarLine[];
  /** Lines that say again what the line before says. */
  readonly repeated: readonly BarLine[];
  readonly isNewestFirst: boolean;
}

/**
 * Rows oldest first, turned round if all of them are newest first. A day that is there twice with one close counts once.
 * @throws LineFault for a day with two closes, and for rows in no order.
 */
export const inOrder = (rows: readonly BarLine[]): Ordered => {
  const isNewestFirst = (rows[0]?.bar.session ?? '') > (rows.at(-1)?.bar.session ?? '');
  const kept: BarLine[] = [];
  const repeated: BarLine[] = [];
  for (const row of rows) {
    const before = kept.at(-1);
    const { session } = row.bar;
    if (!before || (isNewestFirst ? session < before.bar.session : session > before.bar.session)) kept.push(row);
    else if (session !== before.bar.session)
      throw new LineFault(
        row.line,
        `${session} comes after ${before.bar.session}${isNewestFirst ? ', in a file that is newest first' : ''}; sort the rows by date`,
      );
    else if (row.bar.close === before.bar.close) repeated.push(row);
    else
      throw new LineFault(
        row.line,
        `${session} is here with the close ${row.close}, and in line ${before.line} with ${before.close}; keep one row`,
      );
  }
  return { rows: isNewestFirst ? kept.toReversed() : kept, repeated, isNewestFirst };
};
