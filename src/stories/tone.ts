import { isDown } from '../market/compare.ts';
import type { Micros } from '../market/money.ts';

/** Which colour falls have; rises have the other. Readers of Korean, Japanese and Chinese take red for up. */
export const PALETTES = ['red', 'blue'] as const;
export type Palette = (typeof PALETTES)[number];

/** A colour on a ground, each `#rrggbb`. */
export interface Ink {
  /** Lines, areas and bars: 3 to 1 against the ground (WCAG 1.4.11). */
  readonly mark: string;
  /** Text: 4.5 to 1 (WCAG 1.4.3). */
  readonly text: string;
}

interface ToneColours {
  readonly dark: Ink;
  readonly light: Ink;
  /** The edge of a card in a chat that colours edges, `#rrggbb`: the deeper, the stronger on a dark ground. */
  readonly edge: string;
  /** Of the 256 colours of a terminal. */
  readonly terminal: number;
}

interface ToneFacts extends Readonly<Record<Palette, ToneColours>> {
  /** The depth from which a fall has this tone, in basis points. */
  readonly from: number;
}

export const ink = (mark: string, text = mark): Ink => ({ mark, text });

/**
 * Tones by depth, the shallowest first. This is the one place for their thresholds and colours. Any two of one ground and
 * palette are at least 15 apart (CIEDE2000) for normal, protan and deutan eyes; tests measure it.
 */
const TONES = {
  /** A fall too small for a colour, or a rise. */
  calm: {
    from: 0,
    red: { dark: ink('#9fb2c9'), light: ink('#64748b', '#5b6a80'), edge: '#6b7a8f', terminal: 75 },
    blue: { dark: ink('#a2a6ae'), light: ink('#6b7480', '#626b78'), edge: '#6b7a8f', terminal: 249 },
  },
  amber: {
    from: 500,
    red: { dark: ink('#fcdc5f'), light: ink('#bd8200', '#8a5f00'), edge: '#b8860b', terminal: 214 },
    blue: { dark: ink('#d9efff'), light: ink('#6199c3', '#336a9b'), edge: '#5f7f9f', terminal: 153 },
  },
  orange: {
    from: 1000,
    red: { dark: ink('#fb6c08'), light: ink('#ad3d0a'), edge: '#dc770e', terminal: 208 },
    blue: { dark: ink('#8ac3ff'), light: ink('#0b6ed3'), edge: '#3f8ad8', terminal: 111 },
  },
  red: {
    from: 2000,
    red: { dark: ink('#f56a84'), light: ink('#9c1140'), edge: '#ff5a66', terminal: 203 },
    blue: { dark: ink('#308aff'), light: ink('#013a9f'), edge: '#4a9bf0', terminal: 33 },
  },
  darkred: {
    from: 4000,
    red: { dark: ink('#c92f9c', '#dd55b4'), light: ink('#2c0523'), edge: '#ff6ad5', terminal: 160 },
    blue: { dark: ink('#c92f9c', '#dd55b4'), light: ink('#170a45'), edge: '#ff6ad5', terminal: 170 },
  },
} satisfies Record<string, ToneFacts>;

/** Colour by depth. Never the only sign of a fall: the number stands beside it. */
export type Tone = keyof typeof TONES;

/** The shallowest first. */
export const TONE_NAMES = Object.keys(TONES) as readonly Tone[];

export const toneFacts = (tone: Tone): ToneFacts => TONES[tone];

/** The marks or the texts of every tone on a ground. */
export const toneColours = (
  ground: 'dark' | 'light',
  palette: Palette,
  of: keyof Ink,
): Readonly<Record<Tone, string>> =>
  Object.fromEntries(TONE_NAMES.map((tone) => [tone, toneFacts(tone)[palette][ground][of]])) as Record<Tone, string>;

const deepestThat = (applies: (tone: Tone) => boolean): Tone => TONE_NAMES.findLast(applies) ?? 'calm';

/** The tone of the deepest of the falls from `bases` to `price`. Exact, as for alerts: 19.996% is not 20%. */
export const toneBelow = (price: Micros, bases: readonly (Micros | undefined)[]): Tone =>
  deepestThat((tone) => bases.some((base) => base !== undefined && isDown(price, base, TONES[tone].from)));

/** The tone of a fall through an alert level, in basis points. */
export const toneOfLevel = (level: number): Tone => deepestThat((tone) => TONES[tone].from <= level);

export const deepestTone = (tones: readonly Tone[]): Tone => deepestThat((tone) => tones.includes(tone));
