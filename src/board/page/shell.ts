import type { Translator } from '../../i18n/catalogue.ts';
import { script, styleSheet } from './assets.ts';
import { type Html, html, trusted } from './html.ts';

/** Nonce and language of a page. */
export interface Chrome {
  /** New in each response; style and script run only with it. */
  readonly nonce: string;
  readonly words: Translator;
  /** The page's own, without a query. */
  readonly path: string;
}

const ICON = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#10161f"/><path d="M6 10h20L16 25z" fill="#ff6468"/></svg>')}`;

const BRAND = html`<a href="/"><span aria-hidden="true">▼</span> Slidewatch</a>`;

const PAGES = { board: '/', bill: '/bill', figures: '/figures', deliveries: '/deliveries', health: '/status' } as const;

const navigation = (words: Translator, path: string): Html =>
  html`<nav aria-label="${words.say('board.nav.label')}">${Object.entries(PAGES).map(
    ([name, address]) =>
      html`<a href="${address}"${address === path && html` aria-current="page"`}>${words.say(`board.nav.${name}`)}</a> `,
  )}</nav>`;

/** A whole page around `main`. The home page has no `title` of its own; any other has its own h1. */
export const shell = (
  { nonce, words, path }: Chrome,
  title: string | undefined,
  main: Html,
): Html => html`<!doctype html>
<html lang="${words.language}"${words.falls === 'blue' && html` class="falls-blue"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>${title !== undefined && `${title} · `}Slidewatch</title>
<link rel="icon" href="${ICON}">
<link rel="alternate" type="application/atom+xml" title="Slidewatch" href="/feed.atom?language=${words.language}">
<style nonce="${nonce}">${trusted(styleSheet)}</style>
</head>
<body>
<header class="top">
${title === undefined ? html`<h1 class="brand">${BRAND}</h1>` : html`<p class="brand">${BRAND}</p>`}
<p class="tagline">${words.say('board.tagline')}</p>
${navigation(words, path)}
</header>
<p id="disconnected" role="status" hidden>${words.say('board.disconnected')}</p>
<main>
${main}
</main>
<script nonce="${nonce}">${trusted(script)}</script>
</body>
</html>
`;
