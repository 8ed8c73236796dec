import type { Language, Translator } from '../../i18n/catalogue.ts';
import { languageName } from '../../i18n/languages.ts';
import { type ColourChoice, type Preferences, THEMES } from '../preferences.ts';
import { COLOUR_SCHEMES, script, styleSheet } from './assets.ts';
import { type Html, html, trusted } from './html.ts';

/** What surrounds every page. */
export interface Chrome extends Preferences {
  /** The page's own, without a query. */
  readonly path: string;
  /** The same with its query. */
  readonly address: string;
  /** Those that a reader can choose. */
  readonly languages: readonly Language[];
}

const ICON = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#10161f"/><path d="M6 10h20L16 25z" fill="#ff6468"/></svg>')}`;

const BRAND = html`<a href="/"><span aria-hidden="true">▼</span> Slidewatch</a>`;

const PAGES = { board: '/', bill: '/bill', figures: '/figures', deliveries: '/deliveries', health: '/status' } as const;

const navigation = (words: Translator, path: string): Html =>
  html`<nav aria-label="${words.say('board.nav.label')}">${Object.entries(PAGES).map(
    ([name, address]) =>
      html`<a href="${address}"${address === path && html` aria-current="page"`}>${words.say(`board.nav.${name}`)}</a> `,
  )}</nav>`;

const THEME_ICONS: Readonly<Record<ColourChoice, string>> = {
  system: '<circle cx="8" cy="8" r="5.5" fill="none"/><path d="M8 2.5a5.5 5.5 0 0 1 0 11z" stroke="none"/>',
  light:
    '<circle cx="8" cy="8" r="2.8"/><path d="M8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.5 1.5M11.5 11.5 13 13M3 13l1.5-1.5M11.5 4.5 13 3"/>',
  dark: '<path d="M13.3 10A6 6 0 0 1 6 2.7a6 6 0 1 0 7.3 7.3z"/>',
};

/** Buttons of a form, so that they work without script. */
const choices = ({ words, theme, address, languages }: Chrome): Html =>
  html`<form class="choices" method="post" action="/preferences"><input type="hidden" name="to" value="${address}">
${languages
  .filter((language) => language !== words.language)
  .map(
    (language) =>
      html`<button name="language" value="${language}" lang="${language}">${languageName(language)}</button> `,
  )}
<span role="group" aria-label="${words.say('board.theme.label')}">${THEMES.map((choice) => {
    const name = words.say(`board.theme.${choice}`);
    return html`<button name="theme" value="${choice}" aria-pressed="${String(choice === theme)}" aria-label="${name}" title="${name}"><svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" aria-hidden="true">${trusted(THEME_ICONS[choice])}</svg></button>`;
  })}</span></form>`;

const feedAddress = (words: Translator): string => `/feed.atom?language=${words.language}`;

/** A whole page around `main`, which has an h1. `title`: the home page's may say the newest fact. */
export const shell = (chrome: Chrome, title: Html | string | undefined, main: Html): Html => {
  const { words, theme, path } = chrome;
  return html`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${COLOUR_SCHEMES[theme]}">
<title>${title !== undefined && `${title} · `}Slidewatch</title>
<link rel="icon" href="${ICON}">
<link rel="alternate" type="application/atom+xml" title="Slidewatch" href="${feedAddress(words)}">
<style>${trusted(styleSheet(theme, words.falls))}</style>
</head>
<body>
<a class="skip" href="#main">${words.say('board.skip')}</a>
<header class="top">
<p class="brand">${BRAND}</p>
${navigation(words, path)}
${choices(chrome)}
</header>
<p id="disconnected" role="status" hidden>${words.say('board.disconnected')}</p>
<main id="main" tabindex="-1">
${main}
</main>
<footer class="foot"><p>${words.say('board.tagline')} ${words.say('board.symbol.beside-note')}</p>
<p class="links"><a href="${feedAddress(words)}">${words.say('board.feed')}</a> <a href="/api/v1/openapi.json">API</a></p></footer>
<script>${trusted(script)}</script>
</body>
</html>
`;
};
