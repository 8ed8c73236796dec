import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** Font files of Inter by weight. Labels in pictures are placed by its metrics, so the page must load it. */
const FONT_FILES: Readonly<Record<string, string>> = {
  400: '400Regular/Inter_400Regular.ttf',
  500: '500Medium/Inter_500Medium.ttf',
  600: '600SemiBold/Inter_600SemiBold.ttf',
  700: '700Bold/Inter_700Bold.ttf',
};

const { resolve } = createRequire(import.meta.url);

export const fontFaces = Object.keys(FONT_FILES)
  .map(
    (weight) =>
      `@font-face{font-family:Inter;font-weight:${weight};font-display:swap;src:url(/font/inter-${weight}.ttf)format("truetype")}`,
  )
  .join('\n');

/** The font of a weight; undefined for a weight that the page does not use. */
export const readFont = async (weight: string): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  const file = FONT_FILES[weight];
  return file === undefined ? undefined : new Uint8Array(await readFile(resolve(`@expo-google-fonts/inter/${file}`)));
};
