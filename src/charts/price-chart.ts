import type { Point, PriceChart } from '../stories/chart-spec.ts';
import { filledArea, type Polyline, priceGradient, strokedLine } from './curve.ts';
import { header } from './header.ts';
import { placeLabel } from './label-placement.ts';
import { type Box, clamp, FONT, WHOLE_PANE as pane } from './layout.ts';
import { dot, horizontal } from './markup.ts';
import { changeLabel, priceLabel } from './number-label.ts';
import { besideDot, datedPrice, HALF_PRICE_LABEL_HEIGHT, priceLabelBox } from './price-label.ts';
import { axisTag, rightAxis, type Tag } from './right-axis.ts';
import { sessionAxis, sessionScale } from './session-axis.ts';
import { textWidth } from './text-width.ts';
import type { Theme } from './theme.ts';
import { toneColour } from './tone-colour.ts';
import { extent, isDrawable, valueScale } from './value-scale.ts';

/** Between a price and its date, in picture units. */
const DATE_GAP = 12;

/** Percent from the first close to the last. */
const changeOf = (points: readonly Point[]): number =>
  ((points.at(-1)?.close ?? 1) / (points[0]?.close ?? 1) - 1) * 100;

/** The picture's numbers as its accessible name. */
export const priceSummary = (spec: PriceChart): string => {
  const points = spec.points.filter(isDrawable);
  const [first, now] = [points[0], points.at(-1)];
  if (!first || !now) return spec.symbol;
  return [spec.symbol, priceLabel(now.close), changeLabel(changeOf(points)), first.session, now.session].join(' ');
};

/** Label boxes around a point in order of preference. `side` is the preferred one: 1 below the line, -1 above it. */
const boxesAround = ([x, y]: Polyline[number], width: number, side: 1 | -1): readonly Box[] => {
  const boxAt = (left: number, centreY: number): Box =>
    priceLabelBox(
      left,
      clamp(centreY, pane.top - HALF_PRICE_LABEL_HEIGHT, pane.bottom - HALF_PRICE_LABEL_HEIGHT),
      width,
    );
  const centred = clamp(x - width / 2, pane.left, pane.right - width);
  return [
    boxAt(centred, y + side * 26),
    ...besideDot(x, width, pane).map((left) => boxAt(left, y + side * 22)),
    boxAt(centred, y - side * 26),
  ];
};

/** Highest and lowest close, except the last one, which the axis shows. */
const extremes = (closes: readonly number[]): { readonly at: number; readonly side: 1 | -1 }[] => {
  const [low, high] = extent(closes);
  const found = [
    { at: closes.lastIndexOf(high), side: -1 },
    { at: closes.indexOf(low), side: 1 },
  ] as const;
  return found[0].at === found[1].at ? [] : found.filter(({ at }) => at !== closes.length - 1);
};

/** The closes of one symbol. `id` is a prefix for the picture's own ids, so that several can share one page. */
export const priceChart = (spec: PriceChart, theme: Theme, id: string): string => {
  const points = spec.points.filter(isDrawable);
  const now = points.at(-1);
  if (!now) return header(spec.symbol, [], '', theme);

  const closes = points.map(({ close }) => close);
  const { y, ticks } = valueScale(pane, ...extent(closes));
  const x = sessionScale(points.length, pane);
  const track: Polyline = closes.map((close, at) => [x(at), y(close)]);
  const [nowX, nowY] = track.at(-1) as Polyline[number];
  const change = changeOf(points);
  const tag: Tag = { y: nowY, label: priceLabel(now.close), fill: theme.price };

  const taken: Box[] = [];
  const marks = extremes(closes).map(({ at, side }) => {
    const { close, session } = points[at] as Point;
    const point = track[at] as Polyline[number];
    const price = priceLabel(close);
    const dateOffset = textWidth(price, FONT.mark) + DATE_GAP;
    const boxes = boxesAround(point, dateOffset + textWidth(session, FONT.axis), side);
    const box = placeLabel(boxes, taken, [track]);
    taken.push(box);
    const [dotFill, fill] = side < 0 ? [theme.peak, theme.peak] : [theme.muted, theme.ink];
    return (
      dot(point[0], point[1], dotFill, theme.ground) + datedPrice(box, { price, fill, session, dateOffset }, theme)
    );
  });

  const numbers = [
    { label: priceLabel(now.close), fill: theme.ink },
    { label: changeLabel(change), fill: toneColour(theme, now.close, closes[0] ?? now.close) },
  ];
  const sessions = points.map(({ session }) => session);
  return [
    header(spec.symbol, numbers, now.session, theme),
    priceGradient(`${id}p`, pane, theme),
    rightAxis(pane, ticks, tag, theme),
    filledArea(track, pane.bottom, `${id}p`),
    // The first close, which the change is measured from.
    horizontal(pane.left, pane.right, track[0]?.[1] ?? nowY, theme.muted, ' stroke-dasharray="3 6"'),
    strokedLine(track, theme.price, 3),
    ...marks,
    dot(nowX, nowY, theme.price, theme.ground),
    axisTag(pane, tag, theme),
    sessionAxis(sessions, x, theme),
  ].join('');
};
