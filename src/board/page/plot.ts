import { type Html, html } from './html.ts';

/** Places along an axis, in steps of half a percent: the page's policy allows no style of an element's own. */
const STEPS = 200;

/** The style rules of `placeClass`. */
export const placeRules = Array.from({ length: STEPS + 1 }, (_, at) => `.p${at}{--p:${(at * 100) / STEPS}%}`).join('');

/** A class that sets `--p` to a fraction of an axis. */
export const placeClass = (fraction: number): string => `p${Math.round(Math.min(Math.max(fraction, 0), 1) * STEPS)}`;

/** Size of the coordinates of every plot; it is stretched to the element. */
export const PLOT = { width: 1_000, height: 230 } as const;

const round = (value: number): string => value.toFixed(1).replace(/\.0$/, '');

/** Data of an SVG path through the points. */
export const pathThrough = (points: readonly (readonly [x: number, y: number])[]): string =>
  points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');

/** The same as steps: each height lasts until the next point. */
export const stepsThrough = (points: readonly (readonly [x: number, y: number])[]): string =>
  points.map(([x, y], at) => (at === 0 ? `M${round(x)} ${round(y)}` : `H${round(x)}V${round(y)}`)).join('');

/** A stretched drawing without text, hidden from screen readers. */
export const drawing = (shapes: Html): Html =>
  html`<svg viewBox="0 0 ${PLOT.width} ${PLOT.height}" preserveAspectRatio="none" aria-hidden="true">${shapes}</svg>`;

/** Indexes that keep the shape of a long series: of each stretch the lowest and the highest value, and both ends. */
export const keptIndexes = (values: readonly number[], most: number): number[] => {
  if (values.length <= most) return values.map((_, at) => at);
  const stretches = Math.floor(most / 2) - 1;
  const kept = new Set([0, values.length - 1]);
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const from = Math.floor((stretch * values.length) / stretches);
    const to = Math.floor(((stretch + 1) * values.length) / stretches);
    let [low, high] = [from, from];
    for (let at = from; at < to; at += 1) {
      if ((values[at] as number) < (values[low] as number)) low = at;
      if ((values[at] as number) > (values[high] as number)) high = at;
    }
    kept.add(low).add(high);
  }
  return [...kept].sort((a, b) => a - b);
};
