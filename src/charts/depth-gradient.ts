import { clamp } from './layout.ts';
import { type Stop, verticalGradient } from './markup.ts';
import { depthSteps, type Theme } from './theme.ts';

/** Top and bottom of the pane in picture units, and the percents of fall that its bottom stands for. */
export interface DepthRange {
  readonly top: number;
  readonly bottom: number;
  readonly percent: number;
}

/**
 * The depth colours as a gradient down a pane, so that the line itself says how deep it is.
 * `opacity` is a function of the share of the pane's height.
 */
export const depthGradient = (
  id: string,
  range: DepthRange,
  opacity: (offset: number) => number,
  theme: Theme,
): string => {
  const stop = (percent: number, colour: string): Stop => {
    const offset = clamp(percent / range.percent, 0, 1);
    return { offset, colour, opacity: opacity(offset) };
  };
  const reached = depthSteps.filter((step) => step.from < range.percent);
  return verticalGradient(id, range.top, range.bottom, [
    stop(0, theme.calm),
    ...reached.map((step) => stop(step.from, theme[step.tone])),
    stop(range.percent, theme[reached.at(-1)?.tone ?? 'calm']),
  ]);
};
