import { describe, expect, test } from 'vitest';
import { chartSvg } from '../../src/charts/svg.ts';
import { themeOf, themes } from '../../src/charts/theme.ts';
import type { BillChart } from '../../src/stories/chart-spec.ts';
import { PALETTES } from '../../src/stories/tone.ts';
import { contrast, tooClose } from './colour-distance.ts';
import { expectSound } from './expect-sound.ts';
import { elements, labels, texts } from './read-svg.ts';

const FOUR = ['MSFT', 'GOOGL', 'AMZN', 'META'];

const quarter = (name: string, parts: readonly (number | null)[], share?: number): BillChart['quarters'][number] => ({
  name,
  parts,
  ...(!parts.includes(null) && {
    total: (parts.reduce<number>((sum, value) => sum + (value ?? 0), 0) / 1000).toFixed(0),
  }),
  ...(share !== undefined && { share }),
});

const five: BillChart = {
  kind: 'bill',
  symbols: FOUR,
  quarters: [
    quarter('2023 Q1', [6607, 6289, 14207, 6823], 51),
    quarter('2023 Q2', [8943, 6888, 11455, 6134], 37),
    quarter('2023 Q3', [9917, 8055, 12479, 6496], 36),
    quarter('2023 Q4', [9735, 11019, 14588, 7592], 43),
    quarter('2024 Q1', [10952, 12012, 14925, 6400], 45),
  ],
  newest: { amount: '$44.3B', yoy: 31, share: 45 },
};

const partsOf = (spec: BillChart, symbol: string) =>
  elements(chartSvg(spec))
    .filter(({ name, attributes }) => name === 'rect' && attributes.fill === themes.dark.companies[symbol]?.mark)
    .map(({ attributes }) => ({
      top: Number(attributes.y),
      height: Number(attributes.height),
      opacity: attributes['fill-opacity'],
    }));

describe('the bill', () => {
  test('has the newest amount, its change in a year, its share of the cash flow, and what they are', () => {
    const shown = labels(chartSvg(five));
    expect(shown).toEqual(expect.arrayContaining(['$44.3B', '1Y', '+31%', '45%', 'CAPEX', 'CAPEX / OCF', '100%']));
    expect(shown).toContain('$B 2023 Q1 → 2024 Q1');
    expectSound(five, ['dark', 'light']);
  });

  test('counts in millions what is less than a billion', () => {
    const small = { ...five, symbols: ['NVDA'], unit: 'M' as const, quarters: [quarter('2024-07', [977], 7)] };
    expect(labels(chartSvg(small))).toContain('$M 2024-07');
    expectSound(small, ['dark', 'light']);
  });

  test('has a column of a part a company for each quarter, in proportion, with the sum on top', () => {
    const amazon = partsOf(five, 'AMZN');
    expect(amazon).toHaveLength(5);
    expect((amazon[0]?.height ?? 0) / (amazon[4]?.height ?? 1)).toBeCloseTo(14207 / 14925, 1);
    expect(labels(chartSvg(five)).filter((label) => /^\d+$/.test(label))).toEqual(
      expect.arrayContaining(['34', '33', '37', '43', '44']),
    );
  });

  test('names the companies beside the newest column, in their colours', () => {
    for (const symbol of FOUR) {
      const [name] = texts(chartSvg(five)).filter(({ text }) => text === symbol);
      expect(name?.attributes.fill).toBe(themes.dark.companies[symbol]?.text);
    }
  });

  test('names the quarters between the years where columns are wide, and none where they are narrow', () => {
    expect(labels(chartSvg(five))).toEqual(expect.arrayContaining(['2023', 'Q2', 'Q3', 'Q4', '2024']));
    const quarters = Array.from({ length: 12 }, (_, at) =>
      quarter(`${2020 + Math.floor(at / 4)} Q${(at % 4) + 1}`, [6607, 6289, 14207, 6823], 51),
    );
    expect(labels(chartSvg({ ...five, quarters }))).not.toContain('Q2');
  });

  test('labels the first share, the lowest, and the newest', () => {
    expect(
      labels(chartSvg(five))
        .filter((label) => /^\d+%$/.test(label))
        .toSorted(),
    ).toEqual(['100%', '36%', '45%', '45%', '51%']);
  });

  test('draws a quarter that only some have told unfinished: no sum, no share, and no part of the heading', () => {
    const begun = { ...five, quarters: [...five.quarters, quarter('2024 Q2', [13873, 13186, null, null])] };
    const svg = chartSvg(begun);
    expect(labels(svg)).toEqual(expect.arrayContaining(['2/4', 'Q2', '$B 2023 Q1 → 2024 Q1']));
    expect(labels(svg)).not.toContain('27');
    expect(partsOf(begun, 'MSFT').map(({ opacity }) => opacity)).toEqual([...Array(5).fill(undefined), '0.4']);
    expect(elements(svg).filter(({ attributes }) => attributes['stroke-dasharray'] === '6 5')).toHaveLength(1);
    expectSound(begun);
  });

  test('keeps the line above the columns: they share a pane, or the line has its own', () => {
    const line = (svg: string): number =>
      Math.max(
        ...elements(svg)
          .filter(({ name, attributes }) => name === 'circle' && attributes.r === '5.5')
          .map(({ attributes }) => Number(attributes.cy)),
      );
    const low = { ...five, quarters: five.quarters.map((it) => ({ ...it, share: 5 })) };
    for (const spec of [five, low]) {
      const top = Math.min(...FOUR.flatMap((symbol) => partsOf(spec, symbol).map((part) => part.top)));
      expect(line(chartSvg(spec))).toBeLessThan(top);
      // Columns are a good third of the pane even under a low line.
      expect(top).toBeLessThan(340);
    }
  });

  test('lets a share far above the others run out of the pane, and says it', () => {
    const spec = { ...five, quarters: five.quarters.with(1, { ...five.quarters[1], share: 1146 } as never) };
    expect(labels(chartSvg(spec))).toContain('1146%');
    expectSound(spec);
  });
});

describe('the bill of one company', () => {
  const alone: BillChart = {
    kind: 'bill',
    symbols: ['GOOGL'],
    quarters: [quarter('2025-12', [27_851], 53), quarter('2026-03', [35_674], 78), quarter('2026-06', [44_924], 115)],
    newest: { amount: '$44.9B', yoy: 100, share: 115 },
    guidance: { amount: '$195–205B', from: 1, to: 4, low: 48_750, high: 51_250 },
  };

  test('has its ticker in its colour', () => {
    const [name] = texts(chartSvg(alone)).filter(({ text }) => text === 'GOOGL');
    expect(name?.attributes.fill).toBe(themes.dark.companies.GOOGL?.text);
  });

  test('has its guidance as a band over the quarters of it, those to come included', () => {
    expect(labels(chartSvg(alone))).toContain('$195–205B ÷ 4');
    const [band] = elements(chartSvg(alone))
      .filter(({ attributes }) => attributes['fill-opacity'] === '0.22')
      .slice(-1);
    const columns = partsOf(alone, 'GOOGL');
    expect(columns).toHaveLength(3);
    expect(Number(band?.attributes.y)).toBeLessThan(columns[2]?.top ?? 0);
    expect(Number(band?.attributes.x) + Number(band?.attributes.width)).toBeCloseTo(838, 0);
    expectSound(alone, ['dark', 'light']);
  });

  test('has no share line if the cash flow is not known', () => {
    const { share: _, ...newest } = alone.newest;
    const spec = { ...alone, newest, quarters: alone.quarters.map(({ share: _share, ...it }) => it) };
    expect(labels(chartSvg(spec)).filter((label) => /^\d+%$/.test(label))).toEqual([]);
  });
});

test.each(PALETTES.flatMap((palette) => (['dark', 'light'] as const).map((ground) => [ground, palette] as const)))(
  'on the %s ground with %s falls the colours of the bill are told apart, and its texts are readable',
  (ground, palette) => {
    const theme = themeOf(ground, palette);
    const { share, beside, besideOlder } = theme.bill;
    const four = FOUR.map((symbol) => theme.companies[symbol]?.mark ?? '');
    expect(tooClose([...four, share], 15)).toEqual([]);
    expect(tooClose([...four, beside, besideOlder], 15)).toEqual([]);
    expect(contrast(share, theme.ground)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(theme.onTag, share)).toBeGreaterThanOrEqual(4.5);
    for (const mark of [beside, besideOlder]) expect(contrast(mark, theme.ground)).toBeGreaterThanOrEqual(3);
    for (const text of [theme.ink, theme.muted, theme.rise.text])
      expect(contrast(text, theme.raised)).toBeGreaterThanOrEqual(4.5);
  },
);
