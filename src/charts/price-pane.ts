import { scaleLinear } from 'd3-scale';
import type { Point } from '../stories/chart-spec.ts';
import { type Box, baselineFor, clamp, FONT, PRICE_PANE as pane } from './layout.ts';
import { dot, horizontal, text, verticalGradient } from './markup.ts';
import { priceLabel, tickLabels } from './number-label.ts';
import { fillPath, strokePath } from './paths.ts';
import { type Line, placeLabel } from './place-label.ts';
import { axisTag, rightAxis, type Tag } from './right-axis.ts';
import { textWidth } from './text-width.ts';
import type { Theme } from './theme.ts';

/** Below this share of the price the pane does not zoom in: a flat series looks flat. */
const LEAST_SPAN = 0.02;

/** Lowest and highest price of the pane, with room under the line for its fill. */
const domain = (prices: readonly number[]): readonly [low: number, high: number] => {
  const high = prices.reduce((a, b) => Math.max(a, b));
  const low = prices.reduce((a, b) => Math.min(a, b));
  const span = Math.max(high - low, high * LEAST_SPAN);
  const middle = (high + low) / 2;
  return [Math.max(middle - span / 2 - span * 0.1, 0), middle + span / 2 + span * 0.02];
};

const LABEL_HEIGHT = 26;

/** A place of the peak's label, which may go without its date where there is little room. */
interface PeakLabel extends Box {
  readonly dated: boolean;
}

/** Where a label of this width may stand: above the dot, then beside it, then below. */
const candidates = (x: number, y: number, width: number, dated: boolean): readonly PeakLabel[] => {
  const left = clamp(x - width / 2, pane.left, pane.right - width);
  const at = (boxLeft: number, centre: number): PeakLabel => ({
    left: boxLeft,
    top: centre - LABEL_HEIGHT / 2,
    right: boxLeft + width,
    bottom: centre + LABEL_HEIGHT / 2,
    dated,
  });
  const beside = [x - width - 16, x + 16].filter((start) => start >= pane.left && start + width <= pane.right);
  return [
    at(left, y - 25),
    ...beside.flatMap((start) => [at(start, y - 25), at(start, y + 24)]),
    at(left, Math.min(y + 30, pane.bottom - LABEL_HEIGHT / 2)),
  ];
};

export interface PriceLine {
  readonly points: readonly Point[];
  /** Place of the point with this index on the x axis. */
  readonly x: (index: number) => number;
  readonly peak: Point;
  /** Index of the peak's point; undefined where it lies before the first. */
  readonly peakIndex: number | undefined;
}

/** The closes with a fill, the peak as a dashed line from where it was set, and the price now as a tag. */
export const pricePane = ({ points, x, peak, peakIndex }: PriceLine, theme: Theme, id: string): string => {
  const y = scaleLinear(domain([...points.map((point) => point.close), peak.close]), [pane.bottom, pane.top]);
  const track: Line = points.map((point, index) => [x(index), y(point.close)]);
  const [nowX, nowY] = track.at(-1) as Line[number];

  const values = y.ticks(4);
  const labels = tickLabels(values);
  const ticks = values.map((value, index) => ({ y: y(value), label: labels[index] ?? '' }));
  const tag: Tag = { y: nowY, label: priceLabel(points.at(-1)?.close ?? 0), fill: theme.price };

  const peakX = peakIndex === undefined ? pane.left : x(peakIndex);
  const peakY = y(peak.close);
  const price = priceLabel(peak.close);
  const dateOffset = textWidth(`${price} `, FONT.mark);
  const widths = [dateOffset + textWidth(peak.session, FONT.axis), textWidth(price, FONT.mark)];
  const places = widths.flatMap((width, index) => candidates(peakX, peakY, width, index === 0));
  const label = placeLabel(places, [], [track]);
  const baseline = baselineFor((label.top + label.bottom) / 2, FONT.mark);
  const date = { size: FONT.axis, fill: theme.muted, halo: theme.ground };

  return [
    verticalGradient(id, pane.top, pane.bottom, [
      { offset: 0, colour: theme.price, opacity: 0.38 },
      { offset: 1, colour: theme.price, opacity: 0.02 },
    ]),
    rightAxis(pane, ticks, tag, theme),
    `<path d="${fillPath(track, pane.bottom)}" fill="url(#${id})"/>`,
    horizontal(peakX, pane.right, peakY, theme.peak, ' stroke-width="2" stroke-dasharray="7 6" stroke-opacity="0.8"'),
    `<path d="${strokePath(track)}" fill="none" stroke="${theme.price}" stroke-width="3" stroke-linejoin="round" stroke-linecap="round"/>`,
    peakIndex === undefined ? '' : dot(peakX, peakY, theme.peak, theme.ground),
    dot(nowX, nowY, theme.price, theme.ground),
    text(label.left, baseline, price, { size: FONT.mark, fill: theme.peak, bold: true, halo: theme.ground }),
    label.dated ? text(label.left + dateOffset, baseline, peak.session, date) : '',
    axisTag(pane, tag, theme),
  ].join('');
};
