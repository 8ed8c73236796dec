import type { Bar, Split } from '../bar.ts';
import type { SessionDate } from '../calendar.ts';
import type { MinuteRow } from './minutes.ts';

/** A file of prices, of days or of minutes, as it was understood. */
export interface PriceFile {
  /** Oldest first, one a day; none of a file of minutes. A file of closes gives bars whose four prices are the close. */
  readonly bars: readonly Bar[];
  /** Rows of a file of minutes, oldest first and at least a minute apart. */
  readonly minutes?: readonly MinuteRow[];
  /** The line of the file that a bar was read from. */
  lineOf(session: SessionDate): number;
  /** Splits that a column of the file tells, of prices that are not adjusted for them. */
  readonly splits: readonly Split[];
  /** The symbol that the file itself names. */
  readonly symbol?: string;
  /** Days whose rows had no price. */
  readonly empty: readonly SessionDate[];
  /** What a person should know about how the file was read, a line each. None for a plain file. */
  readonly notes: readonly string[];
}
