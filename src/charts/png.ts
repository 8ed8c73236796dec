import { closeSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { renderAsync } from '@resvg/resvg-js';
import type { ChartSpec } from '../stories/chart-spec.ts';
import type { Palette } from '../stories/tone.ts';
import { chartSvg } from './svg.ts';

const FONT_FILES = ['500Medium/Inter_500Medium.ttf', '600SemiBold/Inter_600SemiBold.ttf', '700Bold/Inter_700Bold.ttf'];

/** Whether no file can be opened. The search for a module does not say so: what it cannot open is not there. */
const hasNoDescriptors = (): boolean => {
  try {
    closeSync(openSync(import.meta.filename, 'r'));
    return false;
  } catch (fault) {
    return ['EMFILE', 'ENFILE'].includes((fault as NodeJS.ErrnoException).code ?? '');
  }
};

/** No picture can be drawn here. The message is one line: why, and what to do. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
}

/** Paths of the fonts. @throws PictureError if one is missing: resvg would leave out every label and say nothing. */
export const fontFiles = (files: readonly string[] = FONT_FILES): string[] => {
  const { resolve } = createRequire(import.meta.url);
  return files.map((file) => {
    try {
      const path = resolve(`@expo-google-fonts/inter/${file}`);
      // Opened once, as resvg says nothing of a file that it cannot open, and leaves the labels out.
      closeSync(openSync(path, 'r'));
      return path;
    } catch (cause) {
      if (hasNoDescriptors())
        throw new PictureError(
          'Too many files and connections are open, so no picture can be drawn: raise the limit (ulimit -n).',
          {
            cause,
          },
        );
      throw new PictureError(`The font ${file} is missing, so no picture can be drawn: run npm ci.`, { cause });
    }
  });
};

/**
 * A chart as PNG, 1000 pixels wide, in the dark theme. Rejects with PictureError if Inter's files are not installed.
 * A larger picture would read no better at the 550 px of a chat, and encoding twice the width and height would block
 * the event loop four times as long.
 */
export const chartPng = async (spec: ChartSpec, falls: Palette = 'red'): Promise<Uint8Array> => {
  const image = await renderAsync(chartSvg(spec, 'dark', falls), {
    font: { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: 'Inter' },
  });
  return image.asPng();
};
