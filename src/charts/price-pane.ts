import type { Point } from '../stories/chart-spec.ts';
import { filledArea, type Polyline, priceGradient, strokedLine } from './curve.ts';
import { placeLabel } from './label-placement.ts';
import { type Box, clamp, FONT, PRICE_PANE as pane } from './layout.ts';
import { dot, horizontal } from './markup.ts';
import { priceLabel } from './number-label.ts';
import { besideDot, datedPrice, HALF_PRICE_LABEL_HEIGHT, priceLabelBox } from './price-label.ts';
import { axisTag, rightAxis, type Tag } from './right-axis.ts';
import { textWidth } from './text-width.ts';
import type { Theme } from './theme.ts';
import { extent, linearScale } from './value-scale.ts';

/** Leaves room under the line for its fill. */
const PRICE_PADDING = { above: 0.02, below: 0.1 };

/** A possible box of the peak's label, with or without the date. */
interface PeakLabelBox extends Box {
  readonly dated: boolean;
}

/** Boxes for a label of this width, in order of preference: above the dot, beside it, below it. */
const peakLabelBoxes = (x: number, y: number, width: number, dated: boolean): readonly PeakLabelBox[] => {
  const left = clamp(x - width / 2, pane.left, pane.right - width);
  const boxAt = (start: number, centreY: number): PeakLabelBox => ({ ...priceLabelBox(start, centreY, width), dated });
  return [
    boxAt(left, y - 25),
    ...besideDot(x, width, pane).flatMap((start) => [boxAt(start, y - 25), boxAt(start, y + 24)]),
    boxAt(left, Math.min(y + 30, pane.bottom - HALF_PRICE_LABEL_HEIGHT)),
  ];
};

interface PricePaneInput {
  /** At least one. */
  readonly points: readonly Point[];
  /** x coordinate of the point with this index. */
  readonly x: (index: number) => number;
  readonly peak: Point;
  /** Index of the peak's point; undefined if it is before the first. */
  readonly peakIndex: number | undefined;
}

/** The closes with a fill, the peak as a dashed line from the day it was set, and the latest price as a tag. */
export const pricePane = ({ points, x, peak, peakIndex }: PricePaneInput, theme: Theme, id: string): string => {
  const prices = extent([...points.map((point) => point.close), peak.close]);
  const { y, ticks } = linearScale(pane, prices, PRICE_PADDING, 4);
  const track: Polyline = points.map((point, index) => [x(index), y(point.close)]);
  const [nowX, nowY] = track.at(-1) as Polyline[number];
  const tag: Tag = { y: nowY, label: priceLabel(points.at(-1)?.close ?? 0), fill: theme.price };

  const peakX = peakIndex === undefined ? pane.left : x(peakIndex);
  const peakY = y(peak.close);
  const price = priceLabel(peak.close);
  const dateOffset = textWidth(`${price} `, FONT.mark);
  const box = placeLabel(
    [
      ...peakLabelBoxes(peakX, peakY, dateOffset + textWidth(peak.session, FONT.axis), true),
      ...peakLabelBoxes(peakX, peakY, textWidth(price, FONT.mark), false),
    ],
    [],
    [track],
  );
  const session = box.dated ? peak.session : undefined;

  return [
    priceGradient(id, pane, theme),
    rightAxis(pane, ticks, tag, theme),
    filledArea(track, pane.bottom, id),
    horizontal(peakX, pane.right, peakY, theme.peak, ' stroke-width="2" stroke-dasharray="7 6" stroke-opacity="0.8"'),
    strokedLine(track, theme.price, 3),
    peakIndex === undefined ? '' : dot(peakX, peakY, theme.peak, theme.ground),
    dot(nowX, nowY, theme.price, theme.ground),
    datedPrice(box, { price, fill: theme.peak, session, dateOffset }, theme),
    axisTag(pane, tag, theme),
  ].join('');
};
