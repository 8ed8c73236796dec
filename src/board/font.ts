import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { subsetFont } from './subset-font.ts';

/** Font files of Inter by weight. Labels in pictures are placed by its metrics, so the page must load it. */
const FONT_FILES: Readonly<Record<string, string>> = {
  400: '400Regular/Inter_400Regular.ttf',
  500: '500Medium/Inter_500Medium.ttf',
  600: '600SemiBold/Inter_600SemiBold.ttf',
  700: '700Bold/Inter_700Bold.ttf',
};

const { resolve } = createRequire(import.meta.url);

const charactersBetween = (first: number, last: number): string =>
  String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, at) => first + at));

/** Those of English and Western European names, and the signs of cards and pages; the reader's own font has the others. */
const CHARACTERS = `${charactersBetween(0x20, 0x7e)}${charactersBetween(0xa0, 0xff)}–—‘’“”•…‹›−€₩™≈≤≥←↑→↓↗▲▼■◆●○✓⚠`;

export const fontFaces = Object.keys(FONT_FILES)
  .map(
    (weight) =>
      `@font-face{font-family:Inter;font-weight:${weight};font-display:swap;src:url(/font/inter-${weight}.ttf)format("truetype")}`,
  )
  .join('\n');

/** Made once: a tenth of the whole font. */
const made = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

/** The font of a weight; undefined for a weight that the page does not use. */
export const readFont = async (weight: string): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  const file = FONT_FILES[weight];
  if (file === undefined) return undefined;
  const making =
    made.get(weight) ??
    readFile(resolve(`@expo-google-fonts/inter/${file}`)).then((font) => subsetFont(font, CHARACTERS));
  made.set(weight, making);
  making.catch(() => made.delete(weight));
  return making;
};
