import { describe, expect, test } from 'vitest';
import { edgeOf, terminalColourOf } from '../../src/cards/edge.ts';
import { companyInk, type Theme, type ThemeName, themeOf } from '../../src/charts/theme.ts';
import { PALETTES, type Palette, TONE_NAMES, toneFacts } from '../../src/stories/tone.ts';
import { ciede2000, contrast, tooClose } from './colour-distance.ts';

const GROUNDS = ['dark', 'light'] as const satisfies readonly ThemeName[];
const ALL = GROUNDS.flatMap((ground) =>
  PALETTES.map((palette) => [ground, palette, themeOf(ground, palette)] as const),
);

const tonesOf = (theme: Theme): string[] => TONE_NAMES.map((tone) => theme[tone]);
const textsOf = (theme: Theme): string[] => TONE_NAMES.map((tone) => theme.text[tone]);
const companies = (theme: Theme) => Object.values(theme.companies);

/** Pairs 1, 7, 13 and 25 of the test data of Sharma, Wu and Dalal (2005). */
test.each([
  [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
  [[50, 0, 0], [50, -1, 2], 2.3669],
  [[50, -0.001, 2.49], [50, 0.0009, -2.49], 4.8045],
  [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
] as const)('the distance of %j and %j is measured as published', (one, other, distance) => {
  expect(ciede2000(one, other)).toBeCloseTo(distance, 3);
});

describe.each(ALL)('on the %s ground, with %s falls', (_ground, _palette, theme) => {
  test('every text has a contrast of at least 4.5 to its background', () => {
    const { bill, rise } = theme;
    const onGround = [theme.ink, theme.muted, theme.peak, theme.price, rise.text, bill.newest.text, bill.whose];
    for (const colour of [...onGround, ...textsOf(theme), ...companies(theme).map(({ text }) => text)])
      expect(contrast(colour, theme.ground), colour).toBeGreaterThanOrEqual(4.5);
    for (const tag of [theme.price, theme.peak, rise.text, ...textsOf(theme)])
      expect(contrast(theme.onTag, tag), tag).toBeGreaterThanOrEqual(4.5);
    for (const ink of Object.values(bill.onNewest))
      expect(contrast(ink, bill.newest.mark), ink).toBeGreaterThanOrEqual(4.5);
    for (const ink of Object.values(bill.onOlder)) expect(contrast(ink, bill.older), ink).toBeGreaterThanOrEqual(4.5);
  });

  test('every mark has a contrast of at least 3 to the ground', () => {
    const marks = [
      ...tonesOf(theme),
      theme.rise.mark,
      theme.price,
      theme.peak,
      theme.bill.newest.mark,
      theme.bill.older,
    ];
    for (const mark of [...marks, ...companies(theme).map((ink) => ink.mark)])
      expect(contrast(mark, theme.ground), mark).toBeGreaterThanOrEqual(3);
  });

  test('tones, and a rise beside them, are told apart by every eye', () => {
    expect(tooClose([...tonesOf(theme), theme.rise.mark], 15)).toEqual([]);
  });

  test('the price and its peak are told apart by every eye, and so are the newest quarter and the older ones', () => {
    expect(tooClose([theme.price, theme.peak], 15)).toEqual([]);
    expect(tooClose([theme.bill.newest.mark, theme.bill.older], 15)).toEqual([]);
  });

  test('companies are told apart by every eye', () => {
    expect(
      tooClose(
        companies(theme).map(({ mark }) => mark),
        15,
      ),
    ).toEqual([]);
  });

  test('the ink of a symbol without a colour of its own is the one that no company has', () => {
    expect(companyInk(theme, 'constructor')).toBe(theme.companies.other);
    expect(companyInk(theme, 'AMD')).toBe(theme.companies.other);
    expect(companyInk(theme, 'NVDA')).toBe(theme.companies.NVDA);
  });
});

/** Discord's ground of a message in its dark theme. */
const DISCORD_GROUND = '#2b2d31';

test.each(PALETTES)(
  'with %s falls the edge of a card is the stronger the deeper, the deepest at least 5 to 1',
  (palette) => {
    const edges = TONE_NAMES.map((tone) => contrast(toneFacts(tone)[palette].edge, DISCORD_GROUND));
    expect(edges).toEqual(edges.toSorted((a, b) => a - b));
    expect(edges[0]).toBeGreaterThanOrEqual(3);
    expect(edges.at(-1)).toBeGreaterThanOrEqual(5);
  },
);

test('the edges that no fall sets stand out as well, what is to be mended the most', () => {
  const [bill, gap, quiet] = (['bill', 'gap', 'quiet'] as const).map((edge) =>
    contrast(edgeOf({ tone: 'calm', edge }), DISCORD_GROUND),
  );
  expect(gap).toBeGreaterThanOrEqual(5);
  expect(gap).toBeGreaterThan(bill ?? 0);
  expect(bill).toBeGreaterThan(quiet ?? 0);
  expect(quiet).toBeGreaterThanOrEqual(3);
});

/** The 256 colours of a terminal from 16 on: a cube of six steps, then greys. */
const terminalColour = (code: number): string => {
  const steps = [0, 95, 135, 175, 215, 255];
  const cube = code - 16;
  const parts =
    code >= 232
      ? Array<number>(3).fill(8 + (code - 232) * 10)
      : [Math.trunc(cube / 36), Math.trunc(cube / 6) % 6, cube % 6].map((at) => steps[at] ?? 0);
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
};

test.each(PALETTES)('with %s falls the tones of a terminal read on black, and are told apart', (palette) => {
  const tones = TONE_NAMES.map((tone) => terminalColour(toneFacts(tone)[palette].terminal));
  expect(new Set(tones).size).toBe(tones.length);
  for (const colour of tones) expect(contrast(colour, '#000000'), colour).toBeGreaterThanOrEqual(3);
});

test('falls of a terminal are blue where the language wants them so, and amber says what is to be mended in both', () => {
  const red = toneFacts('red');
  expect(terminalColourOf({ tone: 'red' })).toBe(red.red.terminal);
  expect(terminalColourOf({ tone: 'red', falls: 'blue' })).toBe(red.blue.terminal);
  const gap = (falls: Palette) => terminalColourOf({ tone: 'amber', edge: 'gap', falls });
  expect(gap('blue')).toBe(gap('red'));
});
