import { expect } from 'vitest';
import { chartSvg } from '../../src/charts/svg.ts';
import type { ThemeName } from '../../src/charts/theme.ts';
import type { ChartSpec } from '../../src/stories/chart-spec.ts';
import type { Palette } from '../../src/stories/tone.ts';
import { outside, overlapping } from './read-svg.ts';

/** Expects numbers for all coordinates, all of them inside the picture, and no label on another. */
export const expectSound = (
  spec: ChartSpec,
  themes: readonly ThemeName[] = ['dark'],
  palettes: readonly Palette[] = ['red'],
): void => {
  for (const theme of themes)
    for (const falls of palettes) {
      const svg = chartSvg(spec, theme, falls);
      expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
      expect(outside(svg)).toEqual([]);
      expect(overlapping(svg)).toEqual([]);
    }
};
