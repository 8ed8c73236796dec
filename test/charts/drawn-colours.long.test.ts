import { describe, expect, test } from 'vitest';
import { chartSvg } from '../../src/charts/svg.ts';
import { themeOf } from '../../src/charts/theme.ts';
import type { ChartSpec } from '../../src/stories/chart-spec.ts';
import { PALETTES } from '../../src/stories/tone.ts';
import { everyCard } from '../pictures/cards.ts';
import { everyPicture } from '../pictures/pictures.ts';
import { contrast, tooClose } from './colour-distance.ts';
import { drawnTexts, drawnTogether } from './drawn-colours.ts';
import { expectSound } from './expect-sound.ts';
import { nvda } from './specs.ts';

const GROUNDS = ['dark', 'light'] as const;

const pictures: readonly (readonly [string, ChartSpec])[] = Object.entries(everyPicture(await everyCard('en'))).flatMap(
  ([kind, named]) => [...named].map(([name, chart]) => [`${kind}: ${name}`, chart] as const),
);

describe.each(GROUNDS.flatMap((ground) => PALETTES.map((palette) => [ground, palette] as const)))(
  'every picture of the contact sheet, drawn on the %s ground with %s falls,',
  (ground, palette) => {
    const theme = themeOf(ground, palette);

    test('has texts of 28 units or more, with a contrast of 4.5 to what is behind them', () => {
      const faint = pictures.flatMap(([name, chart]) =>
        drawnTexts(chartSvg(chart, ground, palette))
          .filter(({ size, fill, behind }) => size < 28 || contrast(fill, behind) < 4.5)
          .map(({ text, size, fill, behind }) => `${name}: ${text} (${size}) ${fill} on ${behind}`),
      );
      expect(faint).toEqual([]);
    });

    test('has lines and bars with a contrast of 3 to the ground', () => {
      const faint = pictures.flatMap(([name, chart]) =>
        drawnTogether(chart, ground, palette)
          .flat()
          .filter((colour) => contrast(colour, theme.ground) < 3)
          .map((colour) => `${name}: ${colour}`),
      );
      expect(faint).toEqual([]);
    });

    test('has lines, and bars, that every eye tells apart where they are drawn together', () => {
      const close = pictures.flatMap(([name, chart]) =>
        drawnTogether(chart, ground, palette).flatMap((colours) =>
          tooClose(colours, 15).map((pair) => `${name}: ${pair}`),
        ),
      );
      expect(close).toEqual([]);
    });

    test('keeps its coordinates inside of the frame and its texts apart', () => {
      for (const [, chart] of pictures) expectSound(chart, [ground], [palette]);
    });
  },
);

test('the pictures measured are of every kind, and what they draw together is found', () => {
  expect(new Set(pictures.map(([, { kind }]) => kind)).size).toBe(7);
  const { price, peak } = themeOf('dark', 'red');
  expect(drawnTogether(nvda, 'dark', 'red')[0]).toEqual(expect.arrayContaining([price, peak]));
});
