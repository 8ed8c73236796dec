import { scaleLog } from 'd3-scale';
import type { Box } from './layout.ts';

/** Smallest distance between grid lines, in picture units. */
const MIN_SPACING = 54;
/** At least this much is shown above and below 100, as a ratio, so that a flat series looks flat. */
const MIN_RATIO = 1.02;
/** Free space above and below the lines, as a share of their height on the logarithmic scale. */
const PADDING = 0.03;

/** Steps of the grid where values lie close together, in points of the scale. */
const STEPS = [1, 2, 5, 10, 20];
/** Mantissas of the grid where they lie far apart, finest first. */
const MANTISSAS = [[1, 1.5, 2, 3, 5, 7.5], [1, 2, 5], [1, 3], [1]];
/** From this ratio of the highest to the lowest value on, the grid goes by mantissas. */
const FAR_APART = 1.8;

interface RebasedTick {
  readonly y: number;
  readonly label: string;
  /** Whether it is the line of 100, where all begin. */
  readonly base: boolean;
}

const label = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 4 });

/** A logarithmic scale of values that begin at 100: equal distances are equal changes. 100 is always on the grid. */
export const rebasedScale = (
  pane: Pick<Box, 'top' | 'bottom'>,
  low: number,
  high: number,
): { readonly y: (value: number) => number; readonly ticks: readonly RebasedTick[] } => {
  const [least, most] = [Math.min(low, 100 / MIN_RATIO), Math.max(high, 100 * MIN_RATIO)];
  const room = (most / least) ** PADDING;
  const y = scaleLog([least / room, most * room], [pane.bottom, pane.top]);
  const [from = 0, to = 0] = y.domain();

  const bySteps = STEPS.map((step) =>
    Array.from(
      { length: Math.max(0, Math.floor(to / step) - Math.ceil(from / step) + 1) },
      (_, n) => (Math.ceil(from / step) + n) * step,
    ),
  );
  const powers = Array.from(
    { length: Math.ceil(Math.log10(to / from)) + 2 },
    (_, n) => Math.floor(Math.log10(from)) + n,
  );
  const byMantissas = MANTISSAS.map((mantissas) =>
    powers
      .flatMap((power) => mantissas.map((mantissa) => Number(`${mantissa}e${power}`)))
      .filter((value) => value >= from && value <= to),
  );
  const grids = to / from < FAR_APART ? [...bySteps, ...byMantissas] : byMantissas;
  const isSpaced = (values: readonly number[]): boolean =>
    values.every((value, at) => at === 0 || y(values[at - 1] as number) - y(value) >= MIN_SPACING);
  const others = (grids.find(isSpaced) ?? []).filter((value) => Math.abs(y(value) - y(100)) >= MIN_SPACING);
  return {
    y,
    ticks: [...others, 100].map((value) => ({ y: y(value), label: label(value), base: value === 100 })),
  };
};
