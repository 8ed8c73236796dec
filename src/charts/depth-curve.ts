import { TONE_NAMES, type Tone, toneFacts } from '../stories/tone.ts';
import { filledArea, type Polyline, strokedLine } from './curve.ts';
import { type GradientStop, verticalGradient } from './markup.ts';
import type { Theme } from './theme.ts';

/** A pane shows at least this fall, in percent, so that a calm year looks calm. */
export const MIN_SHOWN_DEPTH_PERCENT = 5;

/** Multiples of a step from 0 to `edge`, all in percent. */
export const depthTicks = (edge: number, stepPercent: number): readonly number[] =>
  Array.from({ length: Math.floor(edge / stepPercent) + 1 }, (_, index) => index * stepPercent);

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

/** The tones that a pane reaches, each with where it begins: 0 at the top, 1 at the bottom. */
const tonesIn = ({ percent }: DepthRange): readonly { readonly tone: Tone; readonly offset: number }[] =>
  TONE_NAMES.map((tone) => ({ tone, offset: toneFacts(tone).from / (percent * 100) })).filter(
    ({ offset }) => offset < 1,
  );

/** Of the change from one tone to the next on a line, as a fraction of the pane. */
const STEP = 0.015;

/** The line's colours change in steps, at the depths of the tones. */
const lineStops = (range: DepthRange, theme: Theme): readonly GradientStop[] => {
  const tones = tonesIn(range);
  return tones.flatMap(({ tone, offset }, at) => {
    const end = tones[at + 1]?.offset ?? 1 + STEP;
    const colour = theme[tone];
    return [
      { offset: at === 0 ? 0 : Math.min(offset + STEP, end), colour },
      { offset: Math.min(Math.max(end - STEP, offset), 1), colour },
    ];
  });
};

/** Opacity of the area at the top of a pane, and how much it grows to the bottom. */
const AREA_OPACITY = { top: 0.06, growth: 0.56 };

const areaStops = (range: DepthRange, theme: Theme): readonly GradientStop[] => {
  const stops = tonesIn(range).map(({ tone, offset }) => ({ offset, tone }));
  return [...stops, { offset: 1, tone: stops.at(-1)?.tone ?? ('calm' as const) }].map(({ offset, tone }) => ({
    offset,
    colour: theme[tone],
    opacity: AREA_OPACITY.top + AREA_OPACITY.growth * offset,
  }));
};

/** Gradients for the area and the line of a pane, so that the colour of each point shows its depth. */
export const depthGradients = (
  { area, line }: DepthGradientIds,
  range: DepthRange,
  theme: Theme,
): readonly string[] => [
  verticalGradient(area, range.top, range.bottom, areaStops(range, theme)),
  verticalGradient(line, range.top, range.bottom, lineStops(range, theme)),
];

/** The same for distances above a low, which have one colour: the fuller, the farther from zero at the bottom. */
export const riseGradients = (
  { area, line }: DepthGradientIds,
  { top, bottom }: Pick<DepthRange, 'top' | 'bottom'>,
  theme: Theme,
): readonly string[] => {
  const colour = theme.rise.mark;
  return [
    verticalGradient(area, top, bottom, [
      { offset: 0, colour, opacity: AREA_OPACITY.top + AREA_OPACITY.growth },
      { offset: 1, colour, opacity: AREA_OPACITY.top },
    ]),
    verticalGradient(line, top, bottom, [
      { offset: 0, colour },
      { offset: 1, colour },
    ]),
  ];
};

/** A line of distances and the area between it and zero at the height `zeroY`. */
export const depthCurve = (track: Polyline, zeroY: number, { area, line }: DepthGradientIds): string =>
  filledArea(track, zeroY, area) + strokedLine(track, `url(#${line})`, 3);
