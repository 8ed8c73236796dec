export type ThemeName = 'dark' | 'light';

/** Colours of a picture, as `#rrggbb`. */
export interface Theme {
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
  /** A fall too small for a depth colour, or a rise. */
  readonly calm: string;
  readonly amber: string;
  readonly orange: string;
  readonly red: string;
  readonly darkred: string;
  /** Lines of a comparison, in the order of its symbols. */
  readonly lines: readonly string[];
}

const dark: Theme = {
  ground: '#10161f',
  ink: '#eef2f8',
  muted: '#9aa6b8',
  grid: '#232c3a',
  lane: '#18212d',
  price: '#5ba3ff',
  peak: '#ffd479',
  onTag: '#0b1018',
  calm: '#93a5bf',
  amber: '#f7b23b',
  orange: '#ff8b47',
  red: '#ff6468',
  darkred: '#e84868',
  lines: ['#9fb4d0', '#5ba3ff', '#4fd1a5', '#f7b23b', '#b794f6', '#7ee04a', '#ff6b8b', '#eef2f8'],
};

const light: Theme = {
  ground: '#ffffff',
  ink: '#131a24',
  muted: '#5b6778',
  grid: '#e3e8ef',
  lane: '#f1f4f8',
  price: '#1767d2',
  peak: '#8a6100',
  onTag: '#ffffff',
  calm: '#55657c',
  amber: '#a36200',
  orange: '#c04a00',
  red: '#cf2430',
  darkred: '#8e1230',
  lines: ['#55657c', '#1767d2', '#0b7a55', '#8a6100', '#6d3fc4', '#3c7a0c', '#c2255c', '#131a24'],
};

export const themes: Readonly<Record<ThemeName, Theme>> = { dark, light };

/** The fall in percent from which a depth colour applies, shallowest first. */
export const depthSteps = [
  { from: 5, tone: 'amber' },
  { from: 10, tone: 'orange' },
  { from: 20, tone: 'red' },
  { from: 40, tone: 'darkred' },
] as const;

/**
 * Colour of a change in percent, negative for a fall. Always shown with the number, for readers who cannot see colours.
 */
export const depthColour = (theme: Theme, percent: number): string =>
  theme[depthSteps.findLast((step) => percent <= -step.from)?.tone ?? 'calm'];
