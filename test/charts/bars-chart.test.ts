import { expect, test } from 'vitest';
import { chartSvg } from '../../src/charts/svg.ts';
import { themes } from '../../src/charts/theme.ts';
import { elements, labels } from './read-svg.ts';
import { bar, rollUp } from './specs.ts';

const barsIn = (colour: string) =>
  elements(chartSvg(rollUp)).filter(({ name, attributes }) => name === 'rect' && attributes.fill === colour);

test('the session is the title, and the bars are sorted deepest first, with their percents', () => {
  expect(labels(chartSvg(rollUp))).toEqual([
    '2024-07-24',
    'TSLA',
    '−12.3%',
    'NVDA',
    '−6.8%',
    'IXIC',
    '−3.6%',
    'AAPL',
    '+0.4%',
  ]);
});

test('the length of a bar is proportional to its fall, its colour shows the depth', () => {
  const [tsla] = barsIn(themes.dark.orange);
  const [amber] = barsIn(themes.dark.amber);
  const ratio = Number(amber?.attributes.width) / Number(tsla?.attributes.width);
  expect(ratio).toBeCloseTo(6.8 / 12.33, 2);
});

test('falls extend to the right of a common line, a rise to the left of it', () => {
  const [tsla] = barsIn(themes.dark.orange);
  const [fall, rise] = barsIn(themes.dark.calm);
  expect(fall?.attributes.x).toBe(tsla?.attributes.x);
  expect(Number(rise?.attributes.x) + Number(rise?.attributes.width)).toBeCloseTo(Number(tsla?.attributes.x), 0);
});

test('a symbol without a finite change is left out', () => {
  const spec = { ...rollUp, bars: [...rollUp.bars, bar('META', Number.NaN)] };
  expect(labels(chartSvg(spec))).not.toContain('META');
});

test('a fall of 1% alone fills a quarter of its lane, as the scale reaches 4% at least', () => {
  const drawn = chartSvg({ ...rollUp, bars: [bar('NVDA', -1)] });
  const widths = elements(drawn).flatMap(({ name, attributes }) => (name === 'rect' ? [Number(attributes.width)] : []));
  const [length = 0, lane = 0] = widths.slice(-2).toSorted((a, b) => a - b);
  expect(length / lane).toBeCloseTo(1 / 4, 2);
});
