import type { QuoteLine } from '../board-view.ts';

/** What a column is sorted by; undefined sorts last, whichever way. */
type Value = (quote: QuoteLine) => number | string | undefined;

const moveFrom =
  (base: 'previous' | 'peak'): Value =>
  ({ price, [base]: from }) =>
    price === undefined || from === undefined ? undefined : price / from;

interface Column {
  readonly value: Value;
  /** Whether its first order is from the highest down: the one that a reader looks for. */
  readonly isDescending: boolean;
}

/** The columns of the price table that sort it, in their order. */
const COLUMNS = {
  symbol: { value: ({ symbol }) => symbol, isDescending: false },
  price: { value: ({ price }) => price, isDescending: true },
  day: { value: moveFrom('previous'), isDescending: false },
  'from-peak': { value: moveFrom('peak'), isDescending: false },
  sessions: { value: ({ sessionsSincePeak }) => sessionsSincePeak, isDescending: true },
  reports: { value: ({ reports }) => reports, isDescending: false },
} satisfies Record<string, Column>;

export type SortColumn = keyof typeof COLUMNS;

export const SORT_COLUMNS = Object.keys(COLUMNS) as readonly SortColumn[];

/** How the price table is sorted. */
export interface QuoteSort {
  readonly column: SortColumn;
  readonly isReversed: boolean;
}

const columnOf = (column: SortColumn): Column => COLUMNS[column];

/** The sort named in a query; the worst day first for anything unknown. */
export const sortOf = (column: string | undefined, order: string | undefined): QuoteSort => ({
  column: SORT_COLUMNS.find((known) => known === column) ?? 'day',
  isReversed: order === 'reverse',
});

/** The query of a sort, without a question mark; empty for the usual one. */
export const sortQuery = ({ column, isReversed }: QuoteSort): string =>
  [...(column === 'day' ? [] : [`sort=${column}`]), ...(isReversed ? ['order=reverse'] : [])].join('&');

/** What a press on a column's head asks for: its first order, or the other one if it has that already. */
export const sortBy = (column: SortColumn, shown: QuoteSort): QuoteSort => ({
  column,
  isReversed: shown.column === column && !shown.isReversed,
});

export const directionOf = ({ column, isReversed }: QuoteSort): 'ascending' | 'descending' =>
  columnOf(column).isDescending === isReversed ? 'ascending' : 'descending';

/** Whether a symbol is a measure for the companies, and none of them: an index or a sum. */
export const isReference = ({ unit }: Pick<QuoteLine, 'unit'>): boolean => unit !== 'usd';

/** The companies sorted, then the others in their own order. */
export const sorted = (quotes: readonly QuoteLine[], sort: QuoteSort): QuoteLine[] => {
  const { value } = columnOf(sort.column);
  const sign = directionOf(sort) === 'ascending' ? 1 : -1;
  const companies = quotes
    .filter((quote) => !isReference(quote))
    .sort((a, b) => {
      const [one, other] = [value(a), value(b)];
      if (one === undefined || other === undefined) return one === other ? 0 : one === undefined ? 1 : -1;
      return one === other ? 0 : one < other ? -sign : sign;
    });
  return [...companies, ...quotes.filter(isReference)];
};
