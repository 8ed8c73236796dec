import type { Point, SlideChart } from '../stories/chart-spec.ts';
import { billPane } from './bill-pane.ts';
import { besideLabel, type GutterLabel, gutter, placeTags } from './gutter.ts';
import { type HeadingWord, heading } from './header.ts';
import { clamp, TEXT } from './layout.ts';
import { pricePane, priceScale } from './price-pane.ts';
import { sessionAxis, sessionScale } from './session-axis.ts';
import { WITH_BILL, WITHOUT_BILL } from './slide-layout.ts';
import type { Theme } from './theme.ts';
import { toneOfFall } from './tone-colour.ts';
import { aboveLow, underwater } from './underwater.ts';
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

const usableLevel = (level: number | undefined, way: 'down' | 'up'): number | undefined =>
  level !== undefined && level > 0 && (way === 'up' || level < 100) ? level : undefined;

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
  { symbol, figures, low }: SlideChart,
  now: Point,
  base: Point,
  lowest: string,
  theme: Theme,
): string => {
  const { price, depth, window, day, sinceLowest } = figures;
  const tone = toneOfFall(now.close, base.close);
  const isUp = sinceLowest !== undefined || (low !== undefined && now.close > base.close);
  const change = isUp
    ? { label: sinceLowest ?? depth, fill: theme.rise.text, bold: true, points: 'up' as const }
    : { label: depth, fill: theme.text[tone], bold: true, ...(now.close < base.close && { points: 'down' as const }) };
  const right: HeadingWord[] =
    sinceLowest && figures.lowest
      ? [
          { label: figures.lowest.price, fill: lowest, strong: true, dot: lowest, hollow: true },
          { label: figures.lowest.session },
        ]
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
        { label: base.session },
      ],
      right,
    },
    theme,
  );
};

/** What the price is measured from: the low of a rise, or the peak; the highest close if neither can be used. */
const baseOf = ({ low, peak }: SlideChart, points: readonly Point[]): Point => {
  const told = low ?? peak;
  return isDrawable(told) ? told : points.reduce((a, b) => (b.close >= a.close ? b : a));
};

/**
 * Price above, underwater line below, then the bill; of a rise the distances above the low in the place of those below the
 * peak. Points without a usable close are left out; without any, only the ticker is drawn. `id` is a prefix for the
 * picture's own ids, so that several pictures can share one page.
 */
export const slideChart = (spec: SlideChart, colours: Theme, id: string): string => {
  const all = spec.points.filter(isDrawable);
  const now = all.at(-1);
  if (!now) return heading({ name: spec.symbol }, colours);

  const { figures, bill } = spec;
  const layout = bill ? WITH_BILL : WITHOUT_BILL;
  const base = baseOf(spec, all);
  const way = spec.low && base === spec.low ? 'up' : 'down';
  const theme = way === 'up' ? { ...colours, price: colours.priceOfRise } : colours;
  const from = all.length - clamp(spec.shown ?? all.length, 1, all.length);
  const points = (way === 'up' ? aboveLow : underwater)(all, spec.window, base).slice(from);
  const x = sessionScale(points.length, layout.price);
  const sessions = points.map(({ session }) => session);
  const scale = priceScale(points, base, layout.price, figures.unit);

  const lowestIndex = figures.lowest && indexOf(points, figures.lowest.session);
  const lowestPoint = lowestIndex === undefined ? undefined : points[lowestIndex];
  const lowestTone = lowestPoint ? toneOfFall(lowestPoint.close, lowestPoint.base) : 'calm';
  const priceTag = { y: scale.y(now.close), label: figures.shortPrice, fill: theme.price };
  const depthFill =
    way === 'up' ? theme.rise.text : theme.text[toneOfFall(now.close, points.at(-1)?.base ?? now.close)];
  const tagsAt = (y: number, level: GutterLabel | undefined) =>
    placeTags(
      [priceTag, besideLabel({ y, label: figures.depth, fill: depthFill }, level)],
      TAGS_TOP,
      layout.underwater.bottom + TAGS_BELOW,
    );
  const depth = underwaterPane(
    {
      points,
      way,
      x,
      level: usableLevel(spec.level, way),
      lowest: lowestIndex === undefined ? undefined : { index: lowestIndex, label: figures.lowest?.depth ?? '' },
      tagsAt,
    },
    layout.underwater,
    theme,
    `${id}u`,
  );
  const price = pricePane(
    {
      points,
      x,
      scale,
      base,
      baseIndex: indexOf(points, base.session),
      lowest: lowestIndex === undefined ? undefined : { index: lowestIndex, fill: theme[lowestTone] },
      tags: depth.tags,
      others: depth.labels,
    },
    layout.price,
    theme,
    `${id}p`,
  );
  return [
    slideHeading(spec, now, base, theme.text[lowestTone], theme),
    price.drawn,
    depth.drawn,
    gutter([...depth.labels, ...price.labels], depth.tags, theme),
    bill && layout.bill ? billPane({ bill, sessions, x }, layout.bill.pane, layout.bill.baseline, theme) : '',
    sessionAxis(sessions, x, theme, {
      baseline: layout.datesBaseline,
      size: TEXT.mark,
      bottom: (layout.bill?.pane ?? layout.underwater).bottom,
    }),
  ].join('');
};
