import { readFileSync } from 'node:fs';
import { type ThemeName, themes } from '../../charts/theme.ts';
import { fontFaces } from '../font.ts';

const read = (name: string): string => readFileSync(new URL(`../assets/${name}`, import.meta.url), 'utf8');

/** The pictures' colours as `--ink`, `--red` ..., so that the page uses the same palette. */
const palette = (theme: ThemeName): string =>
  Object.entries(themes[theme])
    .map(([name, colour]) => `--${name}:${colour};`)
    .join('');

/** The whole style sheet, which is inlined in the page. */
export const styleSheet = [
  fontFaces,
  `:root{${palette('dark')}}`,
  `@media (prefers-color-scheme:light){:root{${palette('light')}}}`,
  ...['page.css', 'quotes.css', 'card.css', 'tables.css', 'discord.css', 'slack.css'].map(read),
].join('\n');

/** Keeps an open page up to date. The page works without it. */
export const script = read('refresh.js');
