import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** Inter by weight. The pictures' labels are placed by its widths, so the page cannot leave the font to chance. */
const FILES: Readonly<Record<string, string>> = {
  400: '400Regular/Inter_400Regular.ttf',
  500: '500Medium/Inter_500Medium.ttf',
  600: '600SemiBold/Inter_600SemiBold.ttf',
  700: '700Bold/Inter_700Bold.ttf',
};

const { resolve } = createRequire(import.meta.url);

export const fontFaces = Object.keys(FILES)
  .map(
    (weight) =>
      `@font-face{font-family:Inter;font-weight:${weight};font-display:swap;src:url(/font/inter-${weight}.ttf)format("truetype")}`,
  )
  .join('\n');

/** The font file of a weight; undefined for a weight that the page does not use. */
export const readFont = async (weight: string): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  const file = FILES[weight];
  return file === undefined ? undefined : new Uint8Array(await readFile(resolve(`@expo-google-fonts/inter/${file}`)));
};
