import { describe, expect, test } from 'vitest';
import { digestCard } from '../../src/cards/digest-card.ts';
import { chartSvg } from '../../src/charts/svg.ts';
import { themes } from '../../src/charts/theme.ts';
import type { MultiplesChart } from '../../src/stories/chart-spec.ts';
import { catalogue } from '../cards/stories.ts';
import { digestFor } from '../digest/digests.ts';
import { expectSound } from './expect-sound.ts';
import { elements, labels, texts } from './read-svg.ts';

const pictureOf = (session: string): MultiplesChart =>
  digestCard(digestFor(session), 'en', catalogue).picture?.chart as MultiplesChart;

const golden = pictureOf('2024-07-24');

const dots = (spec: MultiplesChart) =>
  elements(chartSvg(spec))
    .filter(({ name }) => name === 'circle')
    .map(({ attributes }) => ({ y: Number(attributes.cy), fill: attributes.fill }));

const barsIn = (spec: MultiplesChart, colour: string) =>
  elements(chartSvg(spec))
    .filter(({ name, attributes }) => name === 'rect' && attributes.height === '12' && attributes.fill === colour)
    .map(({ attributes }) => ({ left: Number(attributes.x), right: Number(attributes.x) + Number(attributes.width) }));

test('each tile shows its ticker, the move of the day, and the depth below the peak of 252 sessions', () => {
  const shown = labels(chartSvg(golden));
  expect(shown).toEqual(
    expect.arrayContaining(['2024-07-24', '1D', 'TSLA', '−12.3%', '−21.8%', 'IXIC', '−3.6%', '−7.0%']),
  );
  expect(shown.filter((label) => label === '252D')).toHaveLength(8);
  expectSound(golden, ['dark', 'light']);
});

test('it has only tickers, dates and percents as text, in a font of at least 28 units', () => {
  for (const { text, attributes } of texts(chartSvg(golden))) {
    expect(text).toMatch(/^[A-Z0-9./%−+-]+$/);
    expect(Number(attributes['font-size'])).toBeGreaterThanOrEqual(28);
  }
});

test('the tiles are in order of the day, the worst first, and the index is last on a ground of its own', () => {
  expect(golden.panes.map(({ symbol }) => symbol)).toEqual([
    'TSLA',
    'NVDA',
    'META',
    'GOOGL',
    'MSFT',
    'AMZN',
    'AAPL',
    'IXIC',
  ]);
  const raised = elements(chartSvg(golden)).filter(({ attributes }) => attributes.fill === themes.dark.raised);
  expect(raised).toHaveLength(1);
});

describe('the count of the day', () => {
  const countsOf = (breadth: MultiplesChart['breadth']) => {
    const svg = chartSvg({ ...golden, ...(breadth && { breadth }) });
    const triangles = elements(svg)
      .filter(
        ({ name, attributes }) =>
          name === 'path' && [themes.dark.rise.mark, themes.dark.calm].includes(attributes.fill ?? ''),
      )
      .map(({ attributes }) => (attributes.fill === themes.dark.rise.mark ? 'up' : 'down'));
    return [labels(svg).slice(1, 1 + triangles.length), triangles];
  };

  test('has both ways, and one with of how many where all went it', () => {
    expect(countsOf({ fell: 5, rose: 3, of: 8 })).toEqual([
      ['5', '3'],
      ['down', 'up'],
    ]);
    expect(countsOf({ fell: 0, rose: 7, of: 8 })).toEqual([
      ['0', '7'],
      ['down', 'up'],
    ]);
    expect(countsOf({ fell: 0, rose: 8, of: 8 })).toEqual([['8/8'], ['up']]);
    expect(countsOf({ fell: 8, rose: 0, of: 8 })).toEqual([['8/8'], ['down']]);
  });
});

describe('the move of the day', () => {
  test('is a bar to the left for a fall and to the right for a rise, on one scale', () => {
    const spec: MultiplesChart = {
      kind: 'multiples',
      sessions: ['2024-07-24'],
      panes: [
        { symbol: 'TSLA', depths: [-1], day: { percent: -8, tone: 'orange' } },
        { symbol: 'AAPL', depths: [-1], day: { percent: 2, tone: 'rise' } },
      ],
    };
    const [fall] = barsIn(spec, themes.dark.orange);
    const [rise] = barsIn(spec, themes.dark.rise.mark);
    if (!fall || !rise) throw new Error('expected two bars');
    expect(fall).toEqual({ left: 28, right: 28 + 223 / 2 });
    expect(rise.left).toBe(28 + 240 + 223 / 2);
    expect(rise.right - rise.left).toBeCloseTo((fall.right - fall.left) / 4, 0);
  });

  test('is a dash if it is not known', () => {
    const spec: MultiplesChart = {
      kind: 'multiples',
      sessions: ['2024-07-24'],
      panes: [{ symbol: 'TSLA', depths: [-1] }],
    };
    expect(labels(chartSvg(spec)).filter((label) => label === '\u2013')).toHaveLength(2);
  });
});

describe('depths', () => {
  const row = (depths: readonly number[]): MultiplesChart => ({
    kind: 'multiples',
    sessions: ['2024-07-23', '2024-07-24'],
    panes: depths.map((depth, at) => ({
      symbol: `S${at}`,
      depths: [depth, -4],
      deepest: Math.round(depth),
      latest: { percent: -4, tone: 'calm' },
    })),
  });

  test('of one row have one scale: equal depths are at equal heights', () => {
    const [first, ...others] = dots(row([-10, -20, -18])).map(({ y }) => y);
    expect(others).toEqual([first, first]);
  });

  test('much deeper than the others of a row run into a floor that says how deep', () => {
    expect(labels(chartSvg(row([-52, -20, -18])))).toContain('−52%');
    expect(labels(chartSvg(row([-24, -20, -18])))).not.toContain('−24%');
    expect(dots(row([-52, -20, -18]))[1]?.y).toBe(dots(row([-20, -20, -18]))[1]?.y);
  });

  test('of today are always above the floor', () => {
    const spec = row([-52, -10, -10]);
    const deep = { symbol: 'S0', depths: [-20, -52], deepest: -52, latest: { percent: -52, tone: 'darkred' } } as const;
    expect(labels(chartSvg({ ...spec, panes: [deep, ...spec.panes.slice(1)] }))).not.toContain('−52%');
  });

  test('without the latest close are a dash, without a dot', () => {
    const { latest: _, ...pane } = golden.panes[0] as MultiplesChart['panes'][number];
    const panes = [{ ...pane, depths: pane.depths.with(-1, null) }, ...golden.panes.slice(1)];
    const svg = chartSvg({ ...golden, panes });
    expect(labels(svg)).toContain('TSLA');
    expect(labels(svg)).not.toContain('−21.8%');
    expect(dots({ ...golden, panes })).toHaveLength(7);
    expect(svg).toContain('aria-label="2024-07-24 TSLA −12.3% / \u2013 NVDA −6.8% / −15.7%');
  });
});

test('on the first session of a quarter the bill stands below the tiles', () => {
  const spec = pictureOf('2024-07-01');
  const svg = chartSvg(spec);
  expect(elements(svg)[0]?.attributes.viewBox).toBe('0 0 1000 1180');
  expect(labels(svg)).toEqual(expect.arrayContaining(['$44.3B', '45%', 'CAPEX / OCF']));
  expect(labels(chartSvg(golden))).not.toContain('CAPEX / OCF');
});
