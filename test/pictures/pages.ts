import { fontFaces } from '../../src/board/font.ts';
import { styleSheet } from '../../src/board/page/assets.ts';
import { type Html, html, trusted } from '../../src/board/page/html.ts';
import { styledCard } from '../../src/board/page/posted-card.ts';
import { HEIGHT_SCRIPT } from './browser.ts';
import type { NamedCard } from './cards.ts';

/** Widths of a card in CSS pixels: on a phone, where the board's narrow style holds, and on a desktop. */
export const WIDTHS = { phone: 330, desktop: 550 } as const;
export type Device = keyof typeof WIDTHS;

/** Beside the pages: a page opened from a folder has no server that has the board's fonts. */
const withFonts = (styles: string): string => styles.replaceAll('url(/font/', 'url(font/');

const SHEET = `body{margin:0;background:#8a8f98;font:14px/1.4 Inter,system-ui,sans-serif}
h1,h2,section>h3{margin:0;padding:16px 16px 0;color:#000}
section>h3{padding:16px 0 4px;font-size:13px}
.columns,.pictures{display:flex;gap:16px;padding:4px 16px}
.pictures{flex-wrap:wrap;align-items:start}
.light{width:330px}
.light svg{display:block;width:100%;height:auto}
img{display:block}`;

const document = (language: string, title: string, styles: string, content: Html): Html => html`<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<title>${title}</title>
<style>${trusted(withFonts(styles))}</style>
${content}
<script>${trusted(HEIGHT_SCRIPT)}</script>
</html>
`;

const SHEET_OF_BOARD = styleSheet('system', 'red');

/** The board's narrow style holds at any width of the window on the sheet of a phone. */
const stylesOf = (device: Device): string =>
  device === 'phone' ? SHEET_OF_BOARD.replaceAll('@media screen and (max-width: 560px)', '@media all') : SHEET_OF_BOARD;

const COLUMNS: Readonly<Record<Device, number>> = { phone: 10, desktop: 7 };

/** How wide a page of cards is, in CSS pixels. */
export const pageWidth = (device: Device): number => COLUMNS[device] * (WIDTHS[device] + 16) + 16;

/** Cards as a chat shows them, side by side. */
export const cardsPage = (
  cards: readonly NamedCard[],
  { language, style, device }: { language: string; style: string; device: Device },
): Html => {
  const columns = Array.from({ length: COLUMNS[device] }, (_, column) =>
    cards.filter((_, at) => at % COLUMNS[device] === column),
  );
  return document(
    language,
    `${style}, ${language}, ${device}`,
    `${stylesOf(device)}${SHEET}.columns>div{flex:none;width:${WIDTHS[device]}px}`,
    html`<div class="columns">${columns.map(
      (column) =>
        html`<div>${column.map(
          ({ name, card }) =>
            html`<section><h3>${name}</h3>${styledCard(card, style, html`<time>16:01</time>`)}</section>\n`,
        )}</div>`,
    )}</div>`,
  );
};

/** One card alone, for a picture of it. */
export const cardPage = (card: NamedCard['card'], language: string, style: string): Html =>
  document(
    language,
    style,
    `${styleSheet('system', card.falls ?? 'red')}body{margin:0;padding:0;background:transparent}.chat{border-radius:0}`,
    styledCard(card, style, html`<time>16:01</time>`),
  );

export interface Shown {
  readonly name: string;
  /** PNG files beside the page, one a palette. */
  readonly files: readonly string[];
  /** The same as SVG on the board's light ground. */
  readonly light: readonly string[];
}

/** The index: pictures at the widths of a desktop and of a phone, and links to the pages of the cards. */
export const indexPage = (pictures: readonly Shown[], pages: readonly string[]): Html =>
  document(
    'en',
    'Contact sheet',
    `${fontFaces}${SHEET}`,
    html`<h1>Cards</h1><div class="pictures">${pages.map((page) => html`<a href="${page}">${page}</a> `)}</div>
<h1>Pictures</h1>
${pictures.map(
  ({ name, files, light }) => html`<h2>${name}</h2>
<div class="pictures">${files.map((file) => html`<img src="${file}" width="${WIDTHS.desktop}" alt=""><img src="${file}" width="${WIDTHS.phone}" alt="">`)}${light.map((svg) => html`<div class="light">${trusted(svg)}</div>`)}</div>\n`,
)}`,
  );
