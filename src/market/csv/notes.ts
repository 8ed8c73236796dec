import type { Bar } from '../bar.ts';
import type { SessionDate } from '../calendar.ts';
import { NAMES, plainName } from './column-names.ts';
import type { Columns } from './columns.ts';
import type { Encoding } from './decode.ts';
import type { Decimal } from './numbers.ts';
import type { BarLine } from './order.ts';
import { SEPARATORS, type Separator } from './rows.ts';

export interface Understood {
  readonly bars: readonly Bar[];
  readonly columns: Columns;
  readonly encoding: Encoding;
  readonly separator: Separator;
  readonly decimal: Decimal;
  /** How dates are written. */
  readonly form: string;
  readonly isNewestFirst: boolean;
}

/** Which column is the close, where that is not plain to see. */
const closeText = ({ header, at }: Columns): string[] => {
  const name = header[at.close] ?? '';
  const [, adjusted = []] = NAMES.close;
  if (adjusted.includes(plainName(name))) return [`the close is "${name}", which is adjusted for dividends, too`];
  const other = header.find((cell) => adjusted.includes(plainName(cell)));
  if (other) return [`the close is "${name}", not "${other}"`];
  return plainName(name) === 'close' ? [] : [`the close is "${name}"`];
};

type Table = Pick<Understood, 'columns' | 'encoding' | 'separator' | 'decimal'>;

/** How a file is written, as far as it is not plain. */
const tableText = ({ columns, encoding, separator, decimal }: Table): string[] => [
  ...closeText(columns),
  ...(encoding === 'UTF-8' ? [] : [encoding]),
  ...(separator === ',' ? [] : [`separated by ${SEPARATORS[separator]}`]),
  ...(decimal === 'point' ? [] : ['decimal commas']),
];

/** One line on how a file of days was understood. */
export const understoodNote = ({ bars, form, isNewestFirst, ...table }: Understood): string => {
  const parts = [
    ...tableText(table),
    ...(form === 'YYYY-MM-DD' ? [] : [`dates are ${form}`]),
    ...(isNewestFirst ? ['newest first'] : []),
  ];
  const count = bars.length === 1 ? '1 close' : `${bars.length} closes`;
  const reach = `${count}, ${bars[0]?.session} to ${bars.at(-1)?.session}`;
  return `read ${reach}${parts.length > 0 ? `: ${parts.join('; ')}` : ''}`;
};

/** One line on how a file of minutes was understood. `isLocal`: times without an offset. */
export const understoodMinutesNote = ({
  count,
  isLocal,
  ...table
}: Table & { readonly count: number; readonly isLocal: boolean }): string =>
  [
    `read ${count} prices of minutes`,
    ...(isLocal ? ["times without an offset are New York's"] : []),
    ...tableText(table),
  ].join('; ');

const MOST_NAMED = 5;

interface EmptyRow {
  readonly line: number;
  readonly day: SessionDate;
}

const listOf = (names: readonly string[]): string => {
  const more = names.length - MOST_NAMED;
  return more > 0 ? `${names.slice(0, MOST_NAMED).join(', ')} and ${more} more` : names.join(', ');
};

/** One line for all rows without a price. */
export const emptyNote = (rows: readonly EmptyRow[]): string[] => {
  if (rows.length === 0) return [];
  const days = listOf(rows.map(({ day, line }) => `${day} (line ${line})`));
  return [`no price on ${days}; left out, as if the day were missing`];
};

/** One line for all minutes without a price. */
export const emptyMinutesNote = ([first, ...others]: readonly EmptyRow[]): string[] => {
  if (!first) return [];
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return [`no price in line ${first.line}${more}; left out, as if the minute were missing`];
};

/** One line for all rows that repeat the one before. */
export const repeatedNote = (rows: readonly BarLine[]): string[] => {
  if (rows.length === 0) return [];
  const days = listOf(rows.map(({ bar, line }) => `${bar.session} (line ${line})`));
  return [`the same row twice for ${days}; counted once`];
};
