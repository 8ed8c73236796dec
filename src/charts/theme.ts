import { type Ink, ink, type Palette, type Tone, toneColours } from '../stories/tone.ts';

export type ThemeName = 'dark' | 'light';

/** Colours of a picture, as `#rrggbb`: the marks of the tones, and its own. */
export interface Theme extends Readonly<Record<Tone, string>> {
  readonly ground: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  /** Between parts of a picture: stronger than the grid. */
  readonly rule: string;
  /** Background of a bar, over its full possible length. */
  readonly lane: string;
  /** Ground of a part that stands apart. */
  readonly raised: string;
  readonly price: string;
  /** The price beside the colour of a rise. */
  readonly priceOfRise: string;
  readonly peak: string;
  readonly rise: Ink;
  /** Text on a filled tag, whose fill is a colour for text. */
  readonly onTag: string;
  /** Text in the tones. */
  readonly text: Readonly<Record<Tone, string>>;
  readonly bill: BillColours;
  /** By ticker, the same in every picture; `other` for a symbol without a colour of its own. */
  readonly companies: Readonly<Record<string, Ink>> & { readonly other: Ink };
}

/** Columns of capex: the newest quarter's and the ones before it, and text on them. */
interface BillColours {
  readonly newest: Ink;
  readonly older: string;
  /** The companies' tickers, on the ground. */
  readonly whose: string;
  readonly onNewest: Ink;
  readonly onOlder: Ink;
  /** The share of the cash flow: its line, its labels and its tag. */
  readonly share: string;
  /** Capex beside columns of companies: the newest quarter's, and the ones before it. */
  readonly beside: string;
  readonly besideOlder: string;
}

/** What a ground has in both palettes. */
type Ground = Omit<Theme, Tone | 'text' | 'price' | 'rise'>;

const darkGround: Ground = {
  ground: '#10161f',
  ink: '#eef2f8',
  muted: '#a3afc0',
  grid: '#253040',
  rule: '#33415a',
  lane: '#18212d',
  raised: '#1a2432',
  priceOfRise: '#e8dcc8',
  peak: '#ffd479',
  onTag: '#0b1018',
  bill: {
    newest: ink('#b9a3ff'),
    older: '#675ba1',
    whose: '#c9baff',
    onNewest: { mark: '#3a2f6b', text: '#0b1018' },
    onOlder: { mark: '#eae4fd', text: '#f6f3ff' },
    share: '#fff0c2',
    beside: '#fff0c2',
    besideOlder: '#6f6a58',
  },
  companies: {
    AAPL: ink('#eef2f8'),
    MSFT: ink('#76b6fb'),
    GOOGL: ink('#2aa487'),
    AMZN: ink('#f09400'),
    META: ink('#a040e6', '#bd78f2'),
    NVDA: ink('#e4fb86'),
    TSLA: ink('#d6324f', '#f0617a'),
    other: ink('#596a7c', '#a3afc0'),
  },
};

const lightGround: Ground = {
  ground: '#ffffff',
  ink: '#131a24',
  muted: '#5b6778',
  grid: '#e3e8ef',
  rule: '#c3cddb',
  lane: '#f1f4f8',
  raised: '#fafcff',
  priceOfRise: '#3d3220',
  peak: '#8a6100',
  onTag: '#ffffff',
  bill: {
    newest: ink('#4527b0'),
    older: '#8d7ad8',
    whose: '#5a3cc0',
    onNewest: { mark: '#efeaff', text: '#ffffff' },
    onOlder: { mark: '#140a33', text: '#0d0526' },
    share: '#131a24',
    beside: '#131a24',
    besideOlder: '#585858',
  },
  companies: {
    AAPL: ink('#1a2128'),
    MSFT: ink('#1f74e8', '#1b6bdc'),
    GOOGL: ink('#2a9a85', '#1f7d6c'),
    AMZN: ink('#7a430a'),
    META: ink('#6304b8'),
    NVDA: ink('#83a002', '#657d00'),
    TSLA: ink('#d8265c'),
    other: ink('#460f02'),
  },
};

const grounds: Readonly<Record<ThemeName, Ground>> = { dark: darkGround, light: lightGround };

/** Price and rise are no colour of a fall: blue beside red falls, sand and red beside blue ones. */
const besideFalls: Readonly<Record<ThemeName, Readonly<Record<Palette, Pick<Theme, 'price' | 'rise'>>>>> = {
  dark: {
    red: { price: '#5ba3ff', rise: ink('#3d94ff') },
    blue: { price: '#e8dcc8', rise: ink('#ff7a5c') },
  },
  light: {
    red: { price: '#1767d2', rise: ink('#0b7fff', '#0069ff') },
    blue: { price: '#3d3220', rise: ink('#c81e1e') },
  },
};

const make = (name: ThemeName, palette: Palette): Theme => ({
  ...grounds[name],
  ...besideFalls[name][palette],
  ...toneColours(name, palette, 'mark'),
  text: toneColours(name, palette, 'text'),
});

/** Red falls. */
export const themes: Readonly<Record<ThemeName, Theme>> = { dark: make('dark', 'red'), light: make('light', 'red') };

const blueThemes: Readonly<Record<ThemeName, Theme>> = { dark: make('dark', 'blue'), light: make('light', 'blue') };

export const themeOf = (name: ThemeName, palette: Palette): Theme =>
  palette === 'blue' ? blueThemes[name] : themes[name];

/** A symbol's colours in every picture that compares some. */
export const companyInk = (theme: Theme, symbol: string): Ink =>
  (Object.hasOwn(theme.companies, symbol) ? theme.companies[symbol] : undefined) ?? theme.companies.other;
