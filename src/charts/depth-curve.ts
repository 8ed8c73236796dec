import { TONE_NAMES, type Tone, toneFacts } from '../stories/tone.ts';
import { filledArea, type Polyline, strokedLine } from './curve.ts';
import { type GradientStop, verticalGradient } from './markup.ts';
import type { Theme } from './theme.ts';

/** A pane shows at least this fall, in percent, so that a calm year looks calm. */
export const MIN_SHOWN_DEPTH_PERCENT = 5;

const TICK_STEPS_PERCENT = [1, 2, 5, 10, 20, 25, 50];
const LARGEST_STEP_PERCENT = 50;

/** Grid lines from 0 down to -`bottom` percent, in the smallest step that fits. */
export const depthTicks = (bottom: number, fits: (stepPercent: number) => boolean): readonly number[] => {
  const step = TICK_STEPS_PERCENT.find(fits) ?? LARGEST_STEP_PERCENT;
  return Array.from({ length: Math.floor(bottom / step) + 1 }, (_, index) => -index * step);
};

/** Top and bottom of a pane in picture units, and the fall in percent at its bottom. */
interface DepthRange {
  readonly top: number;
  readonly bottom: number;
  readonly percent: number;
}

/** Ids of a pane's two gradients, unique on the page. */
interface DepthGradientIds {
  readonly area: string;
  readonly line: string;
}

/** The depth colours down a pane. `opacity` is a function of the height: 0 at the top, 1 at the bottom. */
const depthGradient = (id: string, range: DepthRange, opacity: (offset: number) => number, theme: Theme): string => {
  const stop = (offset: number, tone: Tone): GradientStop => ({
    offset,
    colour: theme[tone],
    opacity: opacity(offset),
  });
  const stops = TONE_NAMES.map((tone) => ({ tone, offset: toneFacts(tone).from / (range.percent * 100) }));
  const inPane = stops.filter(({ offset }) => offset < 1);
  return verticalGradient(id, range.top, range.bottom, [
    ...inPane.map(({ offset, tone }) => stop(offset, tone)),
    stop(1, inPane.at(-1)?.tone ?? 'calm'),
  ]);
};

/** Gradients for the area and the line of a pane, so that the colour of each point shows its depth. */
export const depthGradients = (
  { area, line }: DepthGradientIds,
  range: DepthRange,
  theme: Theme,
): readonly string[] => [
  depthGradient(area, range, (offset) => 0.1 + 0.4 * offset, theme),
  depthGradient(line, range, () => 1, theme),
];

/** An underwater line and the area between it and the top of its pane. */
export const depthCurve = (track: Polyline, top: number, { area, line }: DepthGradientIds): string =>
  filledArea(track, top, area) + strokedLine(track, `url(#${line})`, 2.5);
