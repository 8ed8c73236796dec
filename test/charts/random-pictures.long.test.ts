import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chartSvg } from '../../src/charts/svg.ts';
import { type Theme, type ThemeName, themeOf } from '../../src/charts/theme.ts';
import type { ChartSpec } from '../../src/stories/chart-spec.ts';
import { PALETTES } from '../../src/stories/tone.ts';
import { anyCompare } from './any-compare.ts';
import { expectSound } from './expect-sound.ts';
import { elements, texts } from './read-svg.ts';
import { anyBars, anyBill, anyMultiples, anyReturn } from './specs.ts';

const coloursOf = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Object.values(value as Record<string, unknown>).flatMap(coloursOf);

const painted = (svg: string): string[] =>
  elements(svg).flatMap(({ attributes }) =>
    [attributes.fill, attributes.stroke, attributes['stop-color']].flatMap((colour) =>
      colour === undefined || colour === 'none' || colour.startsWith('url(') ? [] : [colour],
    ),
  );

const expectFromTheme = (spec: ChartSpec, ground: ThemeName): void => {
  for (const palette of PALETTES) {
    const theme: Theme = themeOf(ground, palette);
    expect(new Set(painted(chartSvg(spec, ground, palette))).difference(new Set(coloursOf(theme)))).toEqual(new Set());
  }
};

const kinds: readonly (readonly [string, fc.Arbitrary<ChartSpec>])[] = [
  ['roll-up', anyBars],
  ['digest', anyMultiples],
  ['comparison', anyCompare],
  ['bill', anyBill],
  ['return', anyReturn],
];

describe.each(kinds)('any of 500 pictures of a %s', (_, any) => {
  test('keeps its coordinates inside of the frame and its texts apart, and at 28 units or more', () => {
    fc.assert(
      fc.property(any, (spec) => {
        expectSound(spec);
        for (const { attributes } of texts(chartSvg(spec)))
          expect(Number(attributes['font-size'])).toBeGreaterThanOrEqual(28);
      }),
      { numRuns: 500 },
    );
  });

  test('has no colour that is not of its theme', () => {
    fc.assert(
      fc.property(any, (spec) => {
        expectFromTheme(spec, 'dark');
        expectFromTheme(spec, 'light');
      }),
      { numRuns: 60 },
    );
  });
});
