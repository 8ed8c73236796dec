import { readFileSync } from 'node:fs';
import { OWN_EDGES } from '../../cards/edge.ts';
import { type ThemeName, themeOf, themes } from '../../charts/theme.ts';
import { type Palette, TONE_NAMES, toneFacts } from '../../stories/tone.ts';
import { fontFaces } from '../font.ts';
import { placeRules } from './plot.ts';

const read = (name: string): string => readFileSync(new URL(`../assets/${name}`, import.meta.url), 'utf8');

/** The pictures' colours as `--ink`, `--red` ..., so that the page uses the same palette; the tones are those of text. */
const palette = (theme: ThemeName, falls: Palette): string =>
  Object.entries({ ...themeOf(theme, falls), ...themeOf(theme, falls).text })
    .flatMap(([name, colour]) => (typeof colour === 'string' ? [`--${name}:${colour};`] : []))
    .join('');

/** What is in a tone, and a card's edge: `--tone` in the board's own style, `--chat-tone` as a chat has it. */
const toneClasses = TONE_NAMES.map(
  (tone) =>
    `.tone-${tone}{color:var(--${tone})}.stop-${tone}{stop-color:var(--${tone})}.gutter .fill-${tone}{background:var(--${tone})}.edge-${tone}{--tone:var(--${tone});--chat-tone:${toneFacts(tone).red.edge}}.edge-${tone}.falls-blue{--chat-tone:${toneFacts(tone).blue.edge}}`,
).join('');

/** Edges that no fall sets, as a chat has them. */
const ownEdges = Object.entries(OWN_EDGES)
  .map(([edge, colour]) => `.edge-${edge}{--chat-tone:${colour}}`)
  .join('');

/** The whole style sheet, which is inlined in the page. */
export const styleSheet = [
  fontFaces,
  `:root{${palette('dark', 'red')}--link:${themes.dark.price}}`,
  `@media (prefers-color-scheme:light){:root{${palette('light', 'red')}--link:${themes.light.price}}}`,
  `:root.falls-blue{${palette('dark', 'blue')}}`,
  `@media (prefers-color-scheme:light){:root.falls-blue{${palette('light', 'blue')}}}`,
  toneClasses,
  ownEdges,
  placeRules,
  ...['page.css', 'quotes.css', 'card.css', 'tables.css', 'chats.css', 'panels.css', 'bill.css', 'lists.css'].map(read),
].join('\n');

/** Keeps an open page up to date. The page works without it. */
export const script = read('refresh.js');
