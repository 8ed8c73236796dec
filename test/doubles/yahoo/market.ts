/** One symbol's quote as Yahoo would give it. */
export interface DoubleQuote {
  /** Decimal price; null leaves it out. */
  readonly price: number | null;
  /** Epoch milliseconds of the trade; null leaves it out. */
  readonly time: number | null;
  /** Yahoo's word. Default: REGULAR. */
  readonly marketState?: string;
  /** Default: 0. */
  readonly delayMinutes?: number;
  /** The last trade after the bell; it stays until the quote is set anew. Default: none. */
  readonly postMarket?: { readonly price: number; readonly time: number };
  /** Keys that replace or join those of the answer, for what a tidy double would never say. */
  readonly raw?: Readonly<Record<string, unknown>>;
}

/** One session as it was traded: before any split that `addSplit` tells of later. Prices are decimals. */
export interface DoubleBar {
  /** `YYYY-MM-DD` in New York. */
  readonly session: string;
  /** Default: the close, as for high and low. */
  readonly open?: number | null;
  readonly high?: number | null;
  readonly low?: number | null;
  /** null makes a hole. */
  readonly close: number | null;
  /** Default: 0. */
  readonly volume?: number | null;
  /** Epoch milliseconds. Default: 09:30 New York. */
  readonly time?: number;
}

export interface DoubleSplit {
  readonly session: string;
  readonly numerator: number;
  readonly denominator: number;
}

/** What the double plays: the quotes, bars and splits of each ticker. */
export interface Market {
  readonly quotes: Map<string, DoubleQuote>;
  readonly bars: Map<string, readonly DoubleBar[]>;
  readonly splits: Map<string, readonly DoubleSplit[]>;
}

export const emptyMarket = (): Market => ({ quotes: new Map(), bars: new Map(), splits: new Map() });

/** Epoch seconds of the opening bell of a New York session. */
export const openingOf = (session: string): number =>
  Temporal.PlainDateTime.from(`${session}T09:30`).toZonedDateTime('America/New_York').epochMilliseconds / 1000;

/** The New York day, `YYYY-MM-DD`, of an instant in epoch milliseconds. */
export const newYorkDay = (instant: number): string =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO('America/New_York').toPlainDate().toString();

/** How much smaller a price before these splits reads today: 10 for one split of 10:1. */
export const splitFactor = (splits: readonly DoubleSplit[], session: string): number =>
  splits
    .filter((split) => session < split.session)
    .reduce((factor, { numerator, denominator }) => (factor * numerator) / denominator, 1);
