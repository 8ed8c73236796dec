import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { readFont } from '../../src/board/font.ts';
import { subsetFont } from '../../src/board/subset-font.ts';

const { resolve } = createRequire(import.meta.url);
const regular = await readFile(resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'));

const tablesOf = (font: Uint8Array): Map<string, Buffer> => {
  const bytes = Buffer.from(font);
  return new Map(
    Array.from({ length: bytes.readUInt16BE(4) }, (_, at) => 12 + 16 * at).map((at) => {
      const from = bytes.readUInt32BE(at + 8);
      return [bytes.toString('latin1', at, at + 4), bytes.subarray(from, from + bytes.readUInt32BE(at + 12))];
    }),
  );
};

test('a font of some characters made of itself is itself', () => {
  const once = subsetFont(regular, 'Âbç 0123456789−▼');
  expect(Buffer.from(subsetFont(once, 'Âbç 0123456789−▼')).equals(once)).toBe(true);
});

test('a font has the outlines of its characters, and of the parts of composed ones', () => {
  const [a, accented] = ['A', 'Â'].map(
    (characters) => tablesOf(subsetFont(regular, characters)).get('glyf')?.length ?? 0,
  );
  expect(a).toBeGreaterThan(0);
  // A with a circumflex is composed of an A and an accent.
  expect(accented).toBeGreaterThan(a ?? 0);
});

test('characters that the font has none of, and the same twice, add nothing', () => {
  expect(Buffer.from(subsetFont(regular, 'AA한\u{1f600}')).equals(subsetFont(regular, 'A'))).toBe(true);
});

test('the fonts of the board are an eighth of the whole ones, with the same widths', async () => {
  for (const weight of ['400', '500', '600', '700']) expect((await readFont(weight))?.length).toBeLessThan(50_000);
  const [whole, part] = [tablesOf(regular), tablesOf((await readFont('400')) ?? new Uint8Array())];
  expect(part.get('hmtx')?.length).toBe(whole.get('hmtx')?.length);
  expect(part.get('OS/2')).toEqual(whole.get('OS/2'));
  expect([...part.keys()]).toEqual([...part.keys()].sort());
  expect(await readFont('300')).toBeUndefined();
});
