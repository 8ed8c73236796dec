import { expect, test } from 'vitest';
import { chartSvg } from '../../src/charts/svg.ts';
import { themes } from '../../src/charts/theme.ts';
import type { BarsChart } from '../../src/stories/chart-spec.ts';
import { elements, labels, texts } from './read-svg.ts';
import { barsOf, move, rollUp } from './specs.ts';

const barsIn = (colour: string, spec: BarsChart = rollUp) =>
  elements(chartSvg(spec))
    .filter(({ name, attributes }) => name === 'rect' && attributes.fill === colour && attributes.rx === '4')
    .map(({ attributes }) => ({ left: Number(attributes.x), right: Number(attributes.x) + Number(attributes.width) }));

const heightOf = (spec: BarsChart): number => Number(elements(chartSvg(spec))[0]?.attributes.height);

test('the session is the title with how many fell and what a percent covers, the worst is on top, references below', () => {
  expect(labels(chartSvg(rollUp)).filter((label) => !/^[−+]?\d+%$/.test(label))).toEqual([
    '2024-07-24',
    '2/3',
    '1D',
    'TSLA',
    '−12.3%',
    'NVDA',
    '−6.8%',
    'AAPL',
    '+0.4%',
    'IXIC',
    '−3.6%',
  ]);
});

test('the length of a bar is proportional to its move', () => {
  const [tsla] = barsIn(themes.dark.orange);
  const [nvda] = barsIn(themes.dark.calm);
  if (!tsla || !nvda) throw new Error('expected two bars');
  expect((nvda.right - nvda.left) / (tsla.right - tsla.left)).toBeCloseTo(6.8 / 12.3, 2);
});

test('falls extend to the left of zero, a rise to the right of it', () => {
  const [tsla] = barsIn(themes.dark.orange);
  const [rise] = barsIn(themes.dark.rise.mark);
  expect(tsla?.right).toBe(rise?.left);
});

test('zero is at the right if nothing rises, and at the left if nothing falls', () => {
  const [fall] = barsIn(themes.dark.orange, barsOf([move('NVDA', -9)]));
  const [rise] = barsIn(themes.dark.rise.mark, barsOf([move('NVDA', 9)]));
  expect(fall?.right).toBe(960);
  expect(rise?.left).toBeLessThan(300);
});

test('a symbol without a finite change is left out, and one without a change has no bar', () => {
  const spec = barsOf([move('META', Number.NaN), move('AAPL', 0)]);
  expect(labels(chartSvg(spec))).not.toContain('META');
  expect(labels(chartSvg(spec))).toContain('0.0%');
  expect(barsIn(themes.dark.calm, spec)).toEqual([]);
});

test('a fall of 1% alone fills a quarter of the plot, as the scale spans 4% at least', () => {
  const [calm] = barsIn(themes.dark.calm, barsOf([move('NVDA', -1)]));
  expect(((calm?.right ?? 0) - (calm?.left ?? 0)) / (960 - 274)).toBeCloseTo(1 / 4, 2);
});

test('few bars make a low picture: bars do not grow', () => {
  const two = barsOf([move('NVDA', -5), move('TSLA', -4)]);
  const four = barsOf([move('NVDA', -5), move('TSLA', -4), move('AAPL', -3), move('META', -2)]);
  expect(heightOf(four) - heightOf(two)).toBe(2 * 48);
});

test('companies beyond twelve are counted on a line of their own, above the references', () => {
  const many = Array.from({ length: 30 }, (_, at) => move(`T${at}`, at - 30));
  const spec = barsOf(many, [move('IXIC', -3)]);
  const shown = labels(chartSvg(spec));
  expect(shown).toContain('+18');
  expect(shown).not.toContain('T12');
  expect(heightOf(spec)).toBe(heightOf(barsOf(many.slice(0, 12), [move('IXIC', -3)])) + 40);
  const baselineOf = (label: string) => Number(texts(chartSvg(spec)).find(({ text }) => text === label)?.attributes.y);
  expect(baselineOf('IXIC') - baselineOf('+18')).toBeGreaterThan(40);
  expect(baselineOf('+18') - baselineOf('T11')).toBeGreaterThan(30);
  expect(labels(chartSvg(barsOf(many.slice(0, 12))))).not.toContain('+0');
});

test('where all rose, they are counted beside a triangle that points up', () => {
  const svg = chartSvg({ ...barsOf([move('NVDA', 9), move('AAPL', 6)]), moved: { way: 'up', count: 2, of: 2 } });
  expect(labels(svg)).toContain('2/2');
  expect(
    elements(svg).filter(({ name, attributes }) => name === 'path' && attributes.fill === themes.dark.rise.mark),
  ).toHaveLength(1);
});

test('where none fell, the picture counts no falls', () => {
  expect(labels(chartSvg(barsOf([move('NVDA', 9), move('AAPL', 6)])))).not.toContain('0/2');
});
