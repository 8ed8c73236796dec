import { type Tone, toneColours } from '../stories/tone.ts';

export type ThemeName = 'dark' | 'light';

/** Colours of a picture, as `#rrggbb`: those of the tones, and its own. */
export interface Theme extends Readonly<Record<Tone, string>> {
  readonly ground: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  /** Background of a bar, over its full possible length. */
  readonly lane: string;
  readonly price: string;
  readonly peak: string;
  /** Text on a filled tag. */
  readonly onTag: string;
  /** Lines of a comparison, in the order of its symbols. */
  readonly lines: readonly string[];
}

const dark: Theme = {
  ...toneColours('dark'),
  ground: '#10161f',
  ink: '#eef2f8',
  muted: '#9aa6b8',
  grid: '#232c3a',
  lane: '#18212d',
  price: '#5ba3ff',
  peak: '#ffd479',
  onTag: '#0b1018',
  lines: ['#9fb4d0', '#5ba3ff', '#4fd1a5', '#f7b23b', '#b794f6', '#7ee04a', '#ff6b8b', '#eef2f8'],
};

const light: Theme = {
  ...toneColours('light'),
  ground: '#ffffff',
  ink: '#131a24',
  muted: '#5b6778',
  grid: '#e3e8ef',
  lane: '#f1f4f8',
  price: '#1767d2',
  peak: '#8a6100',
  onTag: '#ffffff',
  lines: ['#55657c', '#1767d2', '#0b7a55', '#8a6100', '#6d3fc4', '#3c7a0c', '#c2255c', '#131a24'],
};

export const themes: Readonly<Record<ThemeName, Theme>> = { dark, light };
