import type { PriceChart } from '../stories/chart-spec.ts';
import { filledArea, type Polyline, priceGradient, strokedLine, thinned } from './curve.ts';
import { axisBeside, gutter, placeTags } from './gutter.ts';
import { heading } from './header.ts';
import { labelBox, placeLabel } from './label-placement.ts';
import { type Box, baselineFor, clamp, GUTTER, MARGIN, TEXT } from './layout.ts';
import { logMark } from './log-mark.ts';
import { dot, horizontal, text } from './markup.ts';
import { DOT_RADIUS } from './price-pane.ts';
import { sessionAxis, sessionScale } from './session-axis.ts';
import { textWidth } from './text-width.ts';
import type { Theme } from './theme.ts';
import { toneOfFall } from './tone-colour.ts';
import { extent, isDrawable, valueScale } from './value-scale.ts';

/** Coordinates in picture units. */
const pane: Box = { left: MARGIN, top: 160, right: GUTTER.plot, bottom: 508 };
const DATES_BASELINE = 544;
const TAGS_TOP = 116;
const TAGS_BOTTOM = 522;
const LABEL_HEIGHT = 32;
/** From a dot to the middle of a label above or below it, and to the end of one beside it. */
const LABEL_DISTANCE = 32;
const LABEL_ASIDE = 18;
/** Labels stay this far from the plot's right end, where the latest price has its dot. */
const RIGHT_ROOM = 14;

/** The picture's numbers as its accessible name. */
export const priceSummary = (spec: PriceChart): string => {
  const points = spec.points.filter(isDrawable);
  const [first, now] = [points[0], points.at(-1)];
  if (!first || !now) return spec.symbol;
  return [spec.symbol, spec.figures.price, spec.figures.change, first.session, now.session].join(' ');
};

/** Label boxes around a point in order of preference. `side` is the preferred one: 1 below the line, -1 above it. */
const boxesAround = ([x, y]: Polyline[number], width: number, side: 1 | -1): readonly Box[] => {
  const boxAt = (left: number, centreY: number): Box =>
    labelBox(
      clamp(left, pane.left, pane.right - RIGHT_ROOM - width),
      clamp(centreY, pane.top - LABEL_HEIGHT / 2, pane.bottom - LABEL_HEIGHT / 2),
      width,
      LABEL_HEIGHT,
    );
  const centred = x - width / 2;
  return [
    boxAt(centred, y + side * LABEL_DISTANCE),
    ...[-1, 1].flatMap((vertical) => [
      boxAt(x - width - LABEL_ASIDE, y + vertical * side * -20),
      boxAt(x + LABEL_ASIDE, y + vertical * side * -20),
    ]),
    boxAt(centred, y - side * LABEL_DISTANCE),
  ];
};

/** The change, and the close that it is measured from. */
const priceHeading = (
  { symbol, figures }: PriceChart,
  first: string,
  now: string,
  fill: string,
  theme: Theme,
): string => {
  const { price, change } = figures;
  const points = change.startsWith('+') ? 'up' : change.startsWith('−') ? 'down' : undefined;
  return heading(
    {
      name: symbol,
      numbers: [
        { label: price, fill: theme.ink },
        { label: change, fill, bold: true, ...(points && { points }) },
      ],
      session: now,
      left: [{ label: figures.first, strong: true, fill: theme.ink, dot: theme.muted }, { label: first }],
    },
    theme,
  );
};

/** The closes of one symbol. `id` is a prefix for the picture's own ids, so that several can share one page. */
export const priceChart = (spec: PriceChart, theme: Theme, id: string): string => {
  const points = spec.points.filter(isDrawable);
  const [first, now] = [points[0], points.at(-1)];
  if (!first || !now) return heading({ name: spec.symbol }, theme);

  const { figures } = spec;
  const closes = points.map(({ close }) => close);
  const scale = valueScale(pane, ...extent(closes), { unit: figures.unit });
  const { y } = scale;
  const x = sessionScale(points.length, pane);
  const whole: Polyline = closes.map((close, at) => [x(at), y(close)]);
  const track = thinned(whole);
  const [nowX, nowY] = whole.at(-1) as Polyline[number];
  const firstY = whole[0]?.[1] ?? nowY;
  const tags = placeTags([{ y: nowY, label: figures.shortPrice, fill: theme.price }], TAGS_TOP, TAGS_BOTTOM);
  const { grid, labels } = axisBeside([scale.ticks, ...scale.finer], { tags });
  const fill = now.close > first.close ? theme.rise.text : theme.text[toneOfFall(now.close, first.close)];

  const taken: Box[] = [];
  const ends = [
    { ...figures.high, side: -1, dotFill: theme.peak, ink: theme.peak },
    { ...figures.low, side: 1, dotFill: theme.muted, ink: theme.ink },
  ] as const;
  const marks = ends.map(({ session, price, side, dotFill, ink }) => {
    const at = points.findIndex((point) => point.session === session);
    // The axis shows the latest price, and a flat line has neither.
    if (at < 0 || at === points.length - 1 || figures.high.price === figures.low.price) return '';
    const [pointX, pointY] = whole[at] as Polyline[number];
    const width = textWidth(price, TEXT.mark);
    const box = placeLabel(boxesAround([pointX, pointY], width, side), taken, [track]);
    taken.push(box);
    const style = { size: TEXT.mark, fill: ink, weight: 600, halo: theme.ground } as const;
    return (
      dot(pointX, pointY, dotFill, theme.ground, DOT_RADIUS) +
      text(box.left, baselineFor((box.top + box.bottom) / 2, TEXT.mark), price, style)
    );
  });

  return [
    priceHeading(spec, first.session, now.session, fill, theme),
    priceGradient(`${id}p`, pane, theme),
    ...grid.map((height) => horizontal(pane.left, pane.right, height, theme.grid)),
    filledArea(track, pane.bottom, `${id}p`),
    // The first close, which the change is measured from.
    horizontal(pane.left, pane.right, firstY, theme.muted, ' stroke-width="1.5" stroke-dasharray="3 6"'),
    strokedLine(track, theme.price, 3.2),
    dot(pane.left, firstY, theme.muted, theme.ground),
    ...marks,
    scale.logarithmic ? logMark(pane, track, theme, taken) : '',
    dot(nowX, nowY, theme.price, theme.ground, DOT_RADIUS),
    gutter(labels, tags, theme),
    sessionAxis(
      points.map(({ session }) => session),
      x,
      theme,
      { baseline: DATES_BASELINE, size: TEXT.mark, bottom: pane.bottom },
    ),
  ].join('');
};
