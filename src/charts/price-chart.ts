import { scaleLinear } from 'd3-scale';
import type { Point, PriceChart } from '../stories/chart-spec.ts';
import { changeLabel } from './change-label.ts';
import { header } from './header.ts';
import { type Box, baselineFor, clamp, DATES_BASELINE, FONT, WHOLE_PANE as pane } from './layout.ts';
import { dot, horizontal, text, verticalGradient } from './markup.ts';
import { priceLabel } from './number-label.ts';
import { fillPath, strokePath } from './paths.ts';
import { type Line, placeLabel } from './place-label.ts';
import { axisTag, rightAxis, type Tag } from './right-axis.ts';
import { sessionTicks } from './session-ticks.ts';
import { textWidth } from './text-width.ts';
import { depthColour, type Theme } from './theme.ts';
import { valueScale } from './value-scale.ts';

const LABEL_HEIGHT = 26;
const GAP = 12;

const drawable = ({ close }: Point): boolean => Number.isFinite(close) && close > 0;

const changeOf = (points: readonly Point[]): number =>
  ((points.at(-1)?.close ?? 1) / (points[0]?.close ?? 1) - 1) * 100;

/** What the picture says, in numbers: for its accessible name. */
export const priceSummary = (spec: PriceChart): string => {
  const points = spec.points.filter(drawable);
  const [first, now] = [points[0], points.at(-1)];
  if (!first || !now) return spec.symbol;
  return [spec.symbol, priceLabel(now.close), changeLabel(changeOf(points)), first.session, now.session].join(' ');
};

/** Places around a spot, on the wanted side first. `side` is 1 below the line, -1 above it. */
const placesAround = ([x, y]: Line[number], width: number, side: 1 | -1): readonly Box[] => {
  const at = (left: number, centre: number): Box => {
    const middle = clamp(centre, pane.top - LABEL_HEIGHT / 2, pane.bottom - LABEL_HEIGHT / 2);
    return { left, top: middle - LABEL_HEIGHT / 2, right: left + width, bottom: middle + LABEL_HEIGHT / 2 };
  };
  const over = clamp(x - width / 2, pane.left, pane.right - width);
  const beside = [x - width - 16, x + 16].filter((left) => left >= pane.left && left + width <= pane.right);
  return [at(over, y + side * 26), ...beside.map((left) => at(left, y + side * 22)), at(over, y - side * 26)];
};

/** Highest and lowest close, where they are not the price now, which the axis names. */
const extremes = (points: readonly Point[]): { readonly at: number; readonly side: 1 | -1 }[] => {
  const closes = points.map(({ close }) => close);
  const high = closes.lastIndexOf(closes.reduce((a, b) => Math.max(a, b)));
  const low = closes.indexOf(closes.reduce((a, b) => Math.min(a, b)));
  const found = [
    { at: high, side: -1 },
    { at: low, side: 1 },
  ] as const;
  return high === low ? [] : found.filter(({ at }) => at !== closes.length - 1);
};

/** The closes over the whole picture, on a logarithmic scale where they span much; `id` as in slideChart. */
export const priceChart = (spec: PriceChart, theme: Theme, id: string): string => {
  const points = spec.points.filter(drawable);
  const now = points.at(-1);
  if (!now) return header(spec.symbol, [], '', theme);

  const closes = points.map(({ close }) => close);
  const [low, high] = [closes.reduce((a, b) => Math.min(a, b)), closes.reduce((a, b) => Math.max(a, b))];
  const { y, ticks } = valueScale(pane, low, high);
  const along = scaleLinear([0, points.length - 1], [pane.left, pane.right]);
  const x = (at: number): number => (points.length === 1 ? pane.right : along(at));
  const track: Line = closes.map((close, at) => [x(at), y(close)]);
  const [nowX, nowY] = track.at(-1) as Line[number];
  const change = changeOf(points);
  const tag: Tag = { y: nowY, label: priceLabel(now.close), fill: theme.price };

  const taken: Box[] = [];
  const marks = extremes(points).map(({ at, side }) => {
    const { close, session } = points[at] as Point;
    const spot = track[at] as Line[number];
    const label = priceLabel(close);
    const offset = textWidth(label, FONT.mark) + GAP;
    const box = placeLabel(placesAround(spot, offset + textWidth(session, FONT.axis), side), taken, [track]);
    taken.push(box);
    const baseline = baselineFor((box.top + box.bottom) / 2, FONT.mark);
    const date = { size: FONT.axis, fill: theme.muted, halo: theme.ground };
    return [
      dot(spot[0], spot[1], side < 0 ? theme.peak : theme.muted, theme.ground),
      text(box.left, baseline, label, {
        size: FONT.mark,
        fill: side < 0 ? theme.peak : theme.ink,
        bold: true,
        halo: theme.ground,
      }),
      text(box.left + offset, baseline, session, date),
    ].join('');
  });

  const sessions = points.map(({ session }) => session);
  return [
    header(
      spec.symbol,
      [
        { label: priceLabel(now.close), fill: theme.ink },
        { label: changeLabel(change), fill: depthColour(theme, change) },
      ],
      now.session,
      theme,
    ),
    verticalGradient(`${id}p`, pane.top, pane.bottom, [
      { offset: 0, colour: theme.price, opacity: 0.38 },
      { offset: 1, colour: theme.price, opacity: 0.02 },
    ]),
    rightAxis(pane, ticks, tag, theme),
    `<path d="${fillPath(track, pane.bottom)}" fill="url(#${id}p)"/>`,
    // What the change is measured from.
    horizontal(pane.left, pane.right, track[0]?.[1] ?? nowY, theme.muted, ' stroke-dasharray="3 6"'),
    `<path d="${strokePath(track)}" fill="none" stroke="${theme.price}" stroke-width="3" stroke-linejoin="round" stroke-linecap="round"/>`,
    ...marks,
    dot(nowX, nowY, theme.price, theme.ground),
    axisTag(pane, tag, theme),
    ...sessionTicks(sessions, x).map((tick) =>
      text(tick.x, DATES_BASELINE, tick.label, { size: FONT.axis, fill: theme.muted, anchor: 'middle' }),
    ),
  ].join('');
};
