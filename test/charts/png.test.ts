import { expect, test } from 'vitest';
import { chartPng, fontFiles, PictureError } from '../../src/charts/png.ts';
import { isForPeople } from '../../src/cli/command-line.ts';
import type { ChartSpec } from '../../src/stories/chart-spec.ts';
import { nvda, rollUp } from './specs.ts';

/** Width and height out of the IHDR chunk, which is always the first (PNG specification, 11.2.2). */
const sizeOf = (png: Uint8Array): readonly [number, number] => {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  expect(Buffer.from(png.subarray(12, 16)).toString('latin1')).toBe('IHDR');
  return [view.getUint32(16), view.getUint32(20)];
};

test.each<[string, ChartSpec, number]>([
  ['slide', nvda, 560],
  ['roll-up of four', rollUp, 366],
])('a %s becomes a PNG as high as it is drawn, under 150 KB', async (_, spec, height) => {
  const png = await chartPng(spec);
  expect(sizeOf(png)).toEqual([1000, height]);
  expect(png.byteLength).toBeLessThan(150_000);
});

test('text is drawn: another ticker gives another picture', async () => {
  const [one, other] = await Promise.all([chartPng(nvda), chartPng({ ...nvda, symbol: 'TSLA' })]);
  expect(Buffer.compare(one, other)).not.toBe(0);
});

test('the same chart gives the same bytes', async () => {
  const [one, other] = await Promise.all([chartPng(nvda), chartPng(nvda)]);
  expect(Buffer.compare(one, other)).toBe(0);
});

test('a font that is missing is said in one line for people: a picture without its labels would be worse than none', () => {
  const drawn = () => fontFiles(['700Bold/Inter_700Bold.ttf', '950Loud/Inter_950Loud.ttf']);
  expect(drawn).toThrow(
    new PictureError('The font 950Loud/Inter_950Loud.ttf is missing, so no picture can be drawn: run npm ci.'),
  );
  expect(isForPeople(new PictureError(''))).toBe(true);
});
