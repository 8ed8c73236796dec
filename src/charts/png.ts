import { createRequire } from 'node:module';
import { renderAsync } from '@resvg/resvg-js';
import type { ChartSpec } from '../stories/chart-spec.ts';
import { chartSvg } from './svg.ts';

const WEIGHTS = ['500Medium/Inter_500Medium.ttf', '700Bold/Inter_700Bold.ttf'];

/** Without a font resvg draws the lines and leaves every label out, silently: so look before. */
const findFonts = (): string[] => {
  const { resolve } = createRequire(import.meta.url);
  return WEIGHTS.map((file) => {
    try {
      return resolve(`@expo-google-fonts/inter/${file}`);
    } catch (cause) {
      throw new Error(`The font ${file} is missing, so no picture can be drawn: run npm ci.`, { cause });
    }
  });
};

/**
 * A chart as PNG, 1000 x 560 pixels, in the dark theme. Rejects with a plain Error where Inter's files are not installed.
 * Twice as many pixels would read no better at the 550 px of a chat, but encoding them would hold up the event loop
 * four times as long.
 */
export const chartPng = async (spec: ChartSpec): Promise<Uint8Array> => {
  const image = await renderAsync(chartSvg(spec), {
    font: { loadSystemFonts: false, fontFiles: findFonts(), defaultFontFamily: 'Inter' },
  });
  return image.asPng();
};
