import { isLogarithmic } from '../../charts/is-logarithmic.ts';
import { type PointFrom, underwater } from '../../charts/underwater.ts';
import { valueScale } from '../../charts/value-scale.ts';
import { formatFigure, formatMarketValueShort } from '../../i18n/amounts.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatDate } from '../../i18n/dates.ts';
import { depthBelow } from '../../i18n/percent.ts';
import { fromMicros, type Micros, toMicros } from '../../market/money.ts';
import type { Alert } from '../../stories/alert.ts';
import { TONE_NAMES, type Tone, toneBelow, toneFacts, toneOfLevel } from '../../stories/tone.ts';
import type { QuoteLine, SymbolView } from '../board-view.ts';
import type { ChartRange } from './chart-range.ts';
import { type Html, html } from './html.ts';
import { drawing, keptIndexes, PLOT, pathThrough, placeClass, stepsThrough } from './plot.ts';
import { timeAxis } from './time-axis.ts';

/** Points drawn at most: more than a wide screen has room for add bytes alone. */
const MOST_POINTS = 600;

export const figure = (words: Translator, { unit }: Pick<QuoteLine, 'unit'>, micros: Micros): string =>
  unit === 'usd-billions' ? formatMarketValueShort(words, micros) : formatFigure(words, micros, unit);

interface Drawn {
  readonly x: number;
  readonly close: number;
  readonly peak: number;
}

const markLabel = (at: number, text: Html | string): Html =>
  html`<span class="tick ${placeClass(at / PLOT.height)}">${text}</span>`;

const gridLines = (heights: readonly number[]): Html =>
  html`${heights.map((y) => html`<path class="grid" d="M0 ${y.toFixed(1)}H${PLOT.width}"/>`)}`;

const pricePane = (words: Translator, { quote }: SymbolView, points: readonly Drawn[]): Html => {
  const closes = points.flatMap(({ close, peak }) => [close, peak]);
  const [low, high] = [Math.min(...closes), Math.max(...closes)];
  const { y, ticks } = valueScale({ left: 0, right: PLOT.width, top: 0, bottom: PLOT.height }, low, high);
  const line = pathThrough(points.map(({ x, close }) => [x, y(close)]));
  const now = points.at(-1) as Drawn;
  const tag = y(now.close);
  const shown = ticks.filter((tick) => Math.abs(tick.y - tag) > 20);
  return html`<div class="pane">${drawing(html`${gridLines(ticks.map((tick) => tick.y))}
<path class="area" d="${line}V${PLOT.height}H0Z"/><path class="peak-line" d="${stepsThrough(points.map(({ x, peak }) => [x, y(peak)]))}"/><path class="price-line" d="${line}"/>`)}
<div class="gutter" aria-hidden="true">${shown.map((tick) => markLabel(tick.y, tick.label))}<b class="tag price-tag ${placeClass(tag / PLOT.height)}">${figure(words, quote, toMicros(now.close))}</b></div></div>`;
};

const DEPTH_STEPS = [5, 10, 20, 25, 50];

/** The colours of a curve by its depth: each tone from its threshold on, down to `deepest`, a fraction. */
const toneStops = (deepest: number): Html =>
  html`${TONE_NAMES.map((tone, at) => {
    const share = (basisPoints: number): string => Math.min(basisPoints / 10_000 / deepest, 1).toFixed(4);
    const next = TONE_NAMES[at + 1];
    const from = toneFacts(tone).from;
    if (from / 10_000 >= deepest) return '';
    return html`<stop class="stop-${tone}" offset="${share(from)}"/><stop class="stop-${tone}" offset="${share(next === undefined ? 10_000 : toneFacts(next).from)}"/>`;
  })}`;

const depthPane = (words: Translator, points: readonly Drawn[]): Html => {
  const depths = points.map(({ close, peak }) => Math.max(0, 1 - close / peak));
  const deepest = Math.max(0.05, ...depths) * 1.08;
  const y = (depth: number): number => (depth / deepest) * PLOT.height;
  const line = pathThrough(points.map(({ x }, at) => [x, y(depths[at] ?? 0)]));
  const step = DEPTH_STEPS.find((percent) => deepest * 100 <= percent * 4) ?? 50;
  const ticks = Array.from({ length: Math.floor((deepest * 100) / step) + 1 }, (_, at) => at * step);
  const now = points.at(-1) as Drawn;
  const tag = y(depths.at(-1) ?? 0);
  const tone = toneBelow(toMicros(now.close), [toMicros(now.peak)]);
  const shown = ticks.filter((percent) => Math.abs(y(percent / 100) - tag) > 20);
  return html`<div class="pane">${drawing(html`<defs><linearGradient id="tones" gradientUnits="userSpaceOnUse" x1="0" x2="0" y1="0" y2="${PLOT.height}">${toneStops(deepest)}</linearGradient></defs>
${gridLines(ticks.map((percent) => y(percent / 100)))}<path class="depth-area" d="${line}V0H0Z" fill="url(#tones)"/><path class="depth-line" d="${line}" stroke="url(#tones)"/>`)}
<div class="gutter" aria-hidden="true">${shown.map((percent) => markLabel(y(percent / 100), `${percent === 0 ? '' : '−'}${percent}%`))}<b class="tag fill-${tone} ${placeClass(tag / PLOT.height)}">${tag === 0 ? '0%' : `−${depthBelow(words, toMicros(now.close), toMicros(now.peak))}`}</b></div></div>`;
};

const isRise = ({ kind }: Alert): boolean => kind === 'rise' || kind === 'day-rise';

/** A level is a triangle, a fall within a day or less a diamond. */
export const alertMark = (alert: Alert): string => {
  if (isRise(alert)) return '▲';
  return alert.kind === 'day' || alert.kind === 'within' ? '◆' : '▼';
};

/** The tone of an alert; market value lost has none of its own, and a rise has none. */
export const alertTone = (alert: Alert): Tone => {
  if (alert.kind === 'price' || isRise(alert)) return 'calm';
  return alert.kind === 'value' ? toneBelow(alert.price, [alert.peak]) : toneOfLevel(alert.level);
};

/** The price over a range, below it the depth, and between them the alerts. What it shows is said in its caption. */
export const symbolChart = (words: Translator, reading: SymbolView, range: ChartRange): Html => {
  const { closes, quote, alerts } = reading;
  const all = underwater(
    closes.sessions.map((session, at) => ({ session, close: fromMicros(closes.closes[at] as Micros) })),
    range.window,
  );
  const points = all.slice(Math.max(0, all.length - range.sessions));
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) return html`<p class="empty">${words.say('board.symbol.no-history')}</p>`;
  const width = points.length - 1;
  const drawn = keptIndexes(
    points.map(({ close }) => close),
    MOST_POINTS,
  ).map((at): Drawn => {
    const { close, base } = points[at] as PointFrom;
    return { x: (at / width) * PLOT.width, close, peak: base };
  });
  const places = new Map(points.map(({ session }, at) => [session, at / width]));
  const marks = alerts.flatMap((alert) => {
    const place = places.get(alert.session);
    return place === undefined
      ? []
      : html`<span class="tone-${alertTone(alert)} ${placeClass(place)}">${alertMark(alert)}</span>`;
  });
  const peak = points.reduce((a, b) => (b.close > a.close ? b : a));
  const caption = words.say('board.symbol.chart', {
    from: formatDate(words, first.session, reading.today),
    to: formatDate(words, last.session, reading.today),
    price: figure(words, quote, toMicros(last.close)),
    depth: depthBelow(words, toMicros(last.close), toMicros(last.base)),
    high: figure(words, quote, toMicros(peak.close)),
    day: formatDate(words, peak.session, reading.today),
  });
  const scale = isLogarithmic(Math.min(...points.map(({ close }) => close)), peak.close)
    ? html` · ${words.say('board.symbol.logarithmic')}`
    : '';
  return html`<figure class="plot">
<figcaption class="quiet small">${caption}${scale}</figcaption>
${pricePane(words, reading, drawn)}
<div class="mark-lane" aria-hidden="true">${marks}</div>
${depthPane(words, drawn)}
${timeAxis(
  words,
  points.map(({ session }) => session),
)}
</figure>`;
};
