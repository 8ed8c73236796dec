import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { OWN_EDGES } from '../../cards/edge.ts';
import { type ThemeName, themeOf } from '../../charts/theme.ts';
import { PALETTES, type Palette, TONE_NAMES, toneFacts } from '../../stories/tone.ts';
import { fontFaces } from '../font.ts';
import { type ColourChoice, THEMES } from '../preferences.ts';
import { placeRules } from './plot.ts';

const read = (name: string): string => readFileSync(new URL(`../assets/${name}`, import.meta.url), 'utf8');

/** The pictures' colours as `--ink`, `--red` ..., so that the page uses the same palette; the tones are those of text. */
const palette = (ground: ThemeName, falls: Palette): string => {
  const theme = themeOf(ground, falls);
  // What is wrong has no colour of falls, which may be blue.
  const { red: wrong, amber: warning } = themeOf(ground, 'red').text;
  return Object.entries({ ...theme, ...theme.text, rise: theme.rise.text, wrong, warning })
    .flatMap(([name, colour]) => (typeof colour === 'string' ? [`--${name}:${colour};`] : []))
    .join('');
};

/** What is in a tone, and a card's edge: `--tone` in the board's own style, `--chat-tone` as a chat has it. */
const toneClasses = `.tone-rise{color:var(--rise)}${TONE_NAMES.map(
  (tone) =>
    `.tone-${tone}{color:var(--${tone})}.stop-${tone}{stop-color:var(--${tone})}.gutter .fill-${tone}{background:var(--${tone})}.edge-${tone}{--tone:var(--${tone});--chat-tone:${toneFacts(tone).red.edge}}.edge-${tone}.falls-blue{--chat-tone:${toneFacts(tone).blue.edge}}`,
).join('')}`;

/** Edges that no fall sets, as a chat has them. */
const ownEdges = Object.entries(OWN_EDGES)
  .map(([edge, colour]) => `.edge-${edge}{--chat-tone:${colour}}`)
  .join('');

const files = [
  ...[
    'page.css',
    'shell.css',
    'home.css',
    'quotes.css',
    'card.css',
    'tables.css',
    'chats.css',
    'panels.css',
    'bill.css',
    'lists.css',
  ],
  // What paper needs comes last.
  'print.css',
].map(read);

/** When the light colours hold. Paper is white, whatever the screen is. */
const LIGHT: Readonly<Record<ColourChoice, string>> = {
  system: '@media print, (prefers-color-scheme: light)',
  light: '@media all',
  dark: '@media print',
};

/** Of what the browser draws itself, such as the field of a date. */
export const COLOUR_SCHEMES: Readonly<Record<ColourChoice, string>> = {
  system: 'dark light',
  light: 'light',
  dark: 'dark',
};

const makeSheet = (theme: ColourChoice, falls: Palette): string =>
  [
    fontFaces,
    `:root{color-scheme:${COLOUR_SCHEMES[theme]};${palette('dark', falls)}}`,
    `@media (prefers-color-scheme: light){:root{${palette('light', falls)}}}`,
    toneClasses,
    ownEdges,
    placeRules,
    ...files,
  ]
    .join('\n')
    .replaceAll('@media (prefers-color-scheme: light)', LIGHT[theme])
    // Paper is narrow, too, but printed smaller.
    .replaceAll('@media (max-width:', '@media screen and (max-width:');

const sheets = new Map(
  THEMES.flatMap((theme) => PALETTES.map((falls) => [`${theme} ${falls}`, makeSheet(theme, falls)] as const)),
);

/** The whole style sheet for a choice of colours and a colour of falls, which is inlined in the page. */
export const styleSheet = (theme: ColourChoice, falls: Palette): string => sheets.get(`${theme} ${falls}`) ?? '';

/** Keeps an open page up to date. The page works without it. */
export const script = read('refresh.js');

const sourceHash = (text: string): string => `'sha256-${hash('sha256', text, 'base64')}'`;

/** What the policy of the pages allows of styles and scripts. */
export const inlined = { scripts: [sourceHash(script)], styles: [...sheets.values()].map(sourceHash) };
