import { expect } from 'vitest';
import { chartSvg } from '../../src/charts/svg.ts';
import type { ThemeName } from '../../src/charts/theme.ts';
import type { ChartSpec } from '../../src/stories/chart-spec.ts';
import { outside, overlapping } from './read-svg.ts';

/** Expects numbers for all coordinates, all of them inside the picture, and no label on another. */
export const expectSound = (spec: ChartSpec, themes: readonly ThemeName[] = ['dark']): void => {
  for (const theme of themes) {
    const svg = chartSvg(spec, theme);
    expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
    expect(outside(svg)).toEqual([]);
    expect(overlapping(svg)).toEqual([]);
  }
};
