import { scaleLinear, scaleLog } from 'd3-scale';
import type { Box } from './layout.ts';
import { priceLabel, tickLabels } from './number-label.ts';
import type { Tick } from './right-axis.ts';

/** From this ratio of the highest to the lowest value on, equal distances mean equal changes in percent. */
const LOGARITHMIC_FROM = 8;
/** Below this share of the value the pane does not zoom in: a flat series looks flat. */
const LEAST_SPAN = 0.02;
/** Grid lines closer than this, in picture units, are too many. */
const LEAST_SPACING = 44;
/** Room above and under the lines, in shares of the pane. */
const ROOM = { above: 0.04, below: 0.14 };

export interface ValueScale {
  readonly y: (value: number) => number;
  readonly ticks: readonly Tick[];
}

/** True where a series spans so much that a linear scale would press its beginning flat. */
export const isLogarithmic = (low: number, high: number): boolean => low > 0 && high >= low * LOGARITHMIC_FROM;

const linear = (pane: Box, low: number, high: number): ValueScale => {
  const span = Math.max(high - low, high * LEAST_SPAN);
  const middle = (high + low) / 2;
  const domain = [Math.max(middle - span / 2 - span * ROOM.below, 0), middle + span / 2 + span * ROOM.above];
  const y = scaleLinear(domain, [pane.bottom, pane.top]);
  const values = y.ticks(5);
  const labels = tickLabels(values);
  return { y, ticks: values.map((value, at) => ({ y: y(value), label: labels[at] ?? '' })) };
};

/** 0.5, 20, 1,000: round by themselves, so that each has the decimals it needs. */
const roundLabel = (value: number): string => (value >= 1000 ? priceLabel(value) : String(value));

/** Mantissas of the grid lines, the finest grid that fits; the last is one line for every tenfold. */
const GRIDS = [[1, 2, 5], [1, 3], [1]];

const logarithmic = (pane: Box, low: number, high: number): ValueScale => {
  const ratio = high / low;
  const domain = [low / ratio ** ROOM.below, high * ratio ** ROOM.above] as const;
  const y = scaleLog(domain, [pane.bottom, pane.top]);
  const powers = Array.from(
    { length: Math.ceil(Math.log10(domain[1] / domain[0])) + 2 },
    (_, n) => Math.floor(Math.log10(domain[0])) + n,
  );
  const within = (mantissas: readonly number[]): Tick[] =>
    powers
      .flatMap((power) => mantissas.map((mantissa) => Number(`${mantissa}e${power}`)))
      .filter((value) => value >= domain[0] && value <= domain[1])
      .map((value) => ({ y: y(value), label: roundLabel(value) }));
  const spaced = (ticks: readonly Tick[]): boolean =>
    ticks.every((tick, at) => at === 0 || (ticks[at - 1] as Tick).y - tick.y >= LEAST_SPACING);
  return { y, ticks: GRIDS.map(within).find(spaced) ?? [] };
};

/** The scale of a pane that shows values above zero from `low` to `high`, and its grid lines. */
export const valueScale = (pane: Box, low: number, high: number): ValueScale =>
  isLogarithmic(low, high) ? logarithmic(pane, low, high) : linear(pane, low, high);
