import { createRequire } from 'node:module';
import { renderAsync } from '@resvg/resvg-js';
import type { ChartSpec } from '../stories/chart-spec.ts';
import type { Palette } from '../stories/tone.ts';
import { chartSvg } from './svg.ts';

const FONT_FILES = ['500Medium/Inter_500Medium.ttf', '600SemiBold/Inter_600SemiBold.ttf', '700Bold/Inter_700Bold.ttf'];

/** Paths of the fonts. Throws if one is missing, because resvg would silently leave out every label. */
export const fontFiles = (): string[] => {
  const { resolve } = createRequire(import.meta.url);
  return FONT_FILES.map((file) => {
    try {
      return resolve(`@expo-google-fonts/inter/${file}`);
    } catch (cause) {
      throw new Error(`The font ${file} is missing, so no picture can be drawn: run npm ci.`, { cause });
    }
  });
};

/**
 * A chart as PNG, 1000 pixels wide, in the dark theme. Rejects with an Error if Inter's files are not installed.
 * A larger picture would read no better at the 550 px of a chat, and encoding twice the width and height would block
 * the event loop four times as long.
 */
export const chartPng = async (spec: ChartSpec, falls: Palette = 'red'): Promise<Uint8Array> => {
  const image = await renderAsync(chartSvg(spec, 'dark', falls), {
    font: { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: 'Inter' },
  });
  return image.asPng();
};
