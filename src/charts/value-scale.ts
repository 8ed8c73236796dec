import { scaleLinear, scaleLog } from 'd3-scale';
import type { PriceUnit } from '../market/watchlist.ts';
import type { Point } from '../stories/chart-spec.ts';
import { isLogarithmic } from './is-logarithmic.ts';
import type { Box } from './layout.ts';
import { priceLabel, tickLabels } from './number-label.ts';

/** A linear scale spans at least this fraction of the highest value, so that a flat series looks flat. */
const MIN_SPAN_FRACTION = 0.02;
/** Smallest distance between grid lines of a logarithmic scale, in picture units, where the pane leaves a choice. */
const MIN_GRID_SPACING = 44;
/** Grid lines of a linear scale where the first choice leaves too few labels, as a share of more than that. */
const FINER = [1.4, 2, 3, 4.5, 7];

/** Free space above and below the line, as fractions of the values' span. */
interface Padding {
  readonly above: number;
  readonly below: number;
}
const DEFAULT_PADDING: Padding = { above: 0.04, below: 0.14 };

/** A grid line with its value. */
interface Tick {
  readonly y: number;
  readonly label: string;
}

export interface ValueScale {
  readonly y: (value: number) => number;
  /** The grid lines, the lowest first. */
  readonly ticks: readonly Tick[];
  /** Other grids in round steps, for an axis whose tag covers too many of these labels; finer and finer. */
  readonly finer: readonly (readonly Tick[])[];
  readonly logarithmic: boolean;
}

/** How a pane wants its scale. */
interface ScaleStyle {
  /** Default: points. */
  readonly unit?: PriceUnit;
  readonly padding?: Padding;
  /** About how many grid lines a linear scale has. */
  readonly tickCount?: number;
}

/** Whether a close can be drawn: finite and above zero. */
export const isDrawable = ({ close }: Point): boolean => Number.isFinite(close) && close > 0;

/** The lowest and the highest of at least one value. */
export const extent = (values: readonly number[]): readonly [low: number, high: number] => [
  values.reduce((a, b) => Math.min(a, b)),
  values.reduce((a, b) => Math.max(a, b)),
];

/** What a value of one stands for. */
const SIZES: Readonly<Record<PriceUnit, number>> = { usd: 1, points: 1, 'usd-billions': 1e9 };

const linearScale = (
  pane: Box,
  [low, high]: readonly [low: number, high: number],
  { unit = 'points', padding = DEFAULT_PADDING, tickCount = 5 }: ScaleStyle,
): ValueScale => {
  const span = Math.max(high - low, high * MIN_SPAN_FRACTION);
  const middle = (high + low) / 2;
  const domain = [Math.max(middle - span / 2 - span * padding.below, 0), middle + span / 2 + span * padding.above];
  const y = scaleLinear(domain, [pane.bottom, pane.top]);
  const ticksOf = (count: number): readonly Tick[] => {
    const values = y.ticks(count);
    const labels = tickLabels(values, SIZES[unit]);
    return values.map((value, at) => ({ y: y(value), label: labels[at] ?? '' }));
  };
  const finer = FINER.map((factor) => ticksOf(tickCount * factor));
  return { y, ticks: ticksOf(tickCount), finer, logarithmic: false };
};

/** 0.5, 20, 1,000: each with the decimals it needs, since the values are round. */
const roundLabel = (value: number): string =>
  value >= 1_000_000_000 ? (tickLabels([value])[0] ?? '') : value >= 1000 ? priceLabel(value) : String(value);

/** Mantissas of the grid lines, finest first; the last has one line per power of ten. */
const LOG_GRID_MANTISSAS = [[1, 2, 5], [1, 3], [1]];
const FINER_LOG_MANTISSAS = [
  [1, 2, 5],
  [1, 1.5, 2, 3, 5, 7],
  [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8],
];

const logarithmicScale = (
  pane: Box,
  [low, high]: readonly [low: number, high: number],
  { unit = 'points', padding = DEFAULT_PADDING }: ScaleStyle,
): ValueScale => {
  const ratio = high / low;
  const domain = [low / ratio ** padding.below, high * ratio ** padding.above] as const;
  const y = scaleLog(domain, [pane.bottom, pane.top]);
  const powers = Array.from(
    { length: Math.ceil(Math.log10(domain[1] / domain[0])) + 2 },
    (_, n) => Math.floor(Math.log10(domain[0])) + n,
  );
  const ticksFor = (mantissas: readonly number[]): Tick[] =>
    powers
      .flatMap((power) => mantissas.map((mantissa) => Number(`${mantissa}e${power}`)))
      .filter((value) => value >= domain[0] && value <= domain[1])
      .map((value) => ({ y: y(value), label: roundLabel(value * SIZES[unit]) }));
  const isSpaced = (ticks: readonly Tick[]): boolean =>
    ticks.every((tick, at) => at === 0 || (ticks[at - 1] as Tick).y - tick.y >= MIN_GRID_SPACING);
  return {
    y,
    ticks: LOG_GRID_MANTISSAS.map(ticksFor).find(isSpaced) ?? [],
    finer: FINER_LOG_MANTISSAS.map(ticksFor),
    logarithmic: true,
  };
};

/** Scale and grid lines of a pane for values above zero from `low` to `high`. */
export const valueScale = (pane: Box, low: number, high: number, style: ScaleStyle = {}): ValueScale =>
  (isLogarithmic(low, high) ? logarithmicScale : linearScale)(pane, [low, high], style);
