import { isDown } from '../market/compare.ts';
import type { Micros } from '../market/money.ts';

interface ToneFacts {
  /** The depth from which a fall has this tone, in basis points. */
  readonly from: number;
  /** Text and lines on a dark and on a light ground, `#rrggbb`; 4.5 to 1 against it (WCAG AA). */
  readonly dark: `#${string}`;
  readonly light: `#${string}`;
  /** The edge of a card in a chat that colours edges, `#rrggbb`. */
  readonly edge: `#${string}`;
  /** Of the 256 colours of a terminal. */
  readonly terminal: number;
}

/** Tones by depth, the shallowest first. This is the one place for their thresholds and colours. */
const TONES = {
  /** A fall too small for a colour, or a rise. */
  calm: { from: 0, dark: '#93a5bf', light: '#55657c', edge: '#6b7a8f', terminal: 75 },
  amber: { from: 500, dark: '#f7b23b', light: '#a36200', edge: '#f2b01e', terminal: 214 },
  orange: { from: 1000, dark: '#ff8b47', light: '#c04a00', edge: '#f27b1e', terminal: 208 },
  red: { from: 2000, dark: '#ff6468', light: '#cf2430', edge: '#e0383e', terminal: 203 },
  darkred: { from: 4000, dark: '#e84868', light: '#8e1230', edge: '#8c1018', terminal: 160 },
} satisfies Record<string, ToneFacts>;

/** Colour by depth. Never the only sign of a fall: the number stands beside it. */
export type Tone = keyof typeof TONES;

/** The shallowest first. */
export const TONE_NAMES = Object.keys(TONES) as readonly Tone[];

export const toneFacts = (tone: Tone): ToneFacts => TONES[tone];

/** One colour of every tone. */
export const toneColours = (of: 'dark' | 'light' | 'edge'): Readonly<Record<Tone, string>> =>
  Object.fromEntries(TONE_NAMES.map((tone) => [tone, TONES[tone][of]])) as Record<Tone, string>;

const deepestThat = (applies: (tone: Tone) => boolean): Tone => TONE_NAMES.findLast(applies) ?? 'calm';

/** The tone of the deepest of the falls from `bases` to `price`. Exact, as for alerts: 19.996% is not 20%. */
export const toneBelow = (price: Micros, bases: readonly (Micros | undefined)[]): Tone =>
  deepestThat((tone) => bases.some((base) => base !== undefined && isDown(price, base, TONES[tone].from)));

/** The tone of a fall through an alert level, in basis points. */
export const toneOfLevel = (level: number): Tone => deepestThat((tone) => TONES[tone].from <= level);

export const deepestTone = (tones: readonly Tone[]): Tone => deepestThat((tone) => tones.includes(tone));
