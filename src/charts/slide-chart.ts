import type { Point, SlideChart } from '../stories/chart-spec.ts';
import { billPane } from './bill-pane.ts';
import { besideLabel, type GutterLabel, gutter, placeLabels, placeTags } from './gutter.ts';
import { type HeadingWord, heading } from './header.ts';
import { clamp, TEXT } from './layout.ts';
import { pricePane } from './price-pane.ts';
import { sessionAxis, sessionScale } from './session-axis.ts';
import { WITH_BILL, WITHOUT_BILL } from './slide-layout.ts';
import type { Theme } from './theme.ts';
import { toneOfFall } from './tone-colour.ts';
import { underwater } from './underwater.ts';
import { underwaterPane } from './underwater-pane.ts';
import { isDrawable } from './value-scale.ts';

/** Tags stay below the heading and above what is under the panes, in picture units. */
const TAGS_TOP = 116;
const TAGS_BELOW = 14;

/** Index of the session, or of the last one before it; undefined if it is before the first point. */
const indexOf = (points: readonly Point[], session: string): number | undefined => {
  const index = points.findLastIndex((point) => point.session <= session);
  return index < 0 ? undefined : index;
};

const usableLevel = (level: number | undefined): number | undefined =>
  level !== undefined && level > 0 && level < 100 ? level : undefined;

/** The picture's numbers as its accessible name. */
export const slideSummary = (spec: SlideChart): string => {
  const now = spec.points.findLast(isDrawable);
  if (!now) return spec.symbol;
  const { price, depth, day, window, sinceLowest } = spec.figures;
  return [spec.symbol, price, sinceLowest ?? depth, window, ...(day ? ['1D', day] : []), now.session].join(' ');
};

export const slideHeight = ({ bill }: SlideChart): number => (bill ? WITH_BILL : WITHOUT_BILL).height;

/** The numbers of the heading, and what they are measured from. */
const slideHeading = (
  { symbol, figures }: SlideChart,
  now: Point,
  peak: Point,
  lowest: string,
  theme: Theme,
): string => {
  const { price, depth, window, day, sinceLowest } = figures;
  const tone = toneOfFall(now.close, peak.close);
  const change = sinceLowest
    ? { label: sinceLowest, fill: theme.rise.text, bold: true, points: 'up' as const }
    : { label: depth, fill: theme.text[tone], bold: true, ...(now.close < peak.close && { points: 'down' as const }) };
  const right: HeadingWord[] =
    sinceLowest && figures.lowest
      ? [{ label: figures.lowest.price, fill: lowest, strong: true, dot: lowest }, { label: figures.lowest.session }]
      : day
        ? [{ label: '1D' }, { label: day, fill: theme.ink, strong: true }]
        : [];
  return heading(
    {
      name: symbol,
      numbers: [{ label: price, fill: theme.ink }, change],
      session: now.session,
      left: [
        { label: window },
        { label: figures.peak, fill: theme.peak, strong: true, dot: theme.peak },
        { label: peak.session },
      ],
      right,
    },
    theme,
  );
};

/**
 * Price above, underwater line below, then the bill. Points without a usable close are left out; without any, only the
 * ticker is drawn. `id` is a prefix for the picture's own ids, so that several pictures can share one page.
 */
export const slideChart = (spec: SlideChart, theme: Theme, id: string): string => {
  const all = spec.points.filter(isDrawable);
  const now = all.at(-1);
  if (!now) return heading({ name: spec.symbol }, theme);

  const { figures, bill } = spec;
  const layout = bill ? WITH_BILL : WITHOUT_BILL;
  const peak = isDrawable(spec.peak) ? spec.peak : all.reduce((a, b) => (b.close >= a.close ? b : a));
  const from = all.length - clamp(spec.shown ?? all.length, 1, all.length);
  const points = underwater(all, spec.window, peak).slice(from);
  const x = sessionScale(points.length, layout.price);
  const sessions = points.map(({ session }) => session);

  const lowestIndex = figures.lowest && indexOf(points, figures.lowest.session);
  const lowestPoint = lowestIndex === undefined ? undefined : points[lowestIndex];
  const lowestTone = lowestPoint ? toneOfFall(lowestPoint.close, lowestPoint.peak) : 'calm';
  const price = pricePane(
    {
      points,
      x,
      peak,
      peakIndex: indexOf(points, peak.session),
      lowest: lowestIndex === undefined ? undefined : { index: lowestIndex, fill: theme[lowestTone] },
      unit: figures.unit,
    },
    layout.price,
    theme,
    `${id}p`,
  );
  const priceTag = { y: price.nowY, label: figures.shortPrice, fill: theme.price };
  const depthFill = theme.text[toneOfFall(now.close, points.at(-1)?.peak ?? now.close)];
  const tagsAt = (y: number, level: GutterLabel | undefined) =>
    placeTags(
      [priceTag, besideLabel({ y, label: figures.depth, fill: depthFill }, level)],
      TAGS_TOP,
      layout.underwater.bottom + TAGS_BELOW,
    );
  const depth = underwaterPane(
    {
      points,
      x,
      level: usableLevel(spec.level),
      lowest: lowestIndex === undefined ? undefined : { index: lowestIndex, label: figures.lowest?.depth ?? '' },
      tagsAt,
    },
    layout.underwater,
    theme,
    `${id}u`,
  );
  return [
    slideHeading(spec, now, peak, theme.text[lowestTone], theme),
    price.drawn,
    depth.drawn,
    gutter(placeLabels([...depth.labels, ...price.labels], depth.tags), depth.tags, theme),
    bill && layout.bill ? billPane({ bill, sessions, x }, layout.bill.pane, layout.bill.baseline, theme) : '',
    sessionAxis(sessions, x, theme, {
      baseline: layout.datesBaseline,
      size: TEXT.mark,
      bottom: (layout.bill?.pane ?? layout.underwater).bottom,
    }),
  ].join('');
};
