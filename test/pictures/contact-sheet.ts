import { join } from 'node:path';
import { CHAT_STYLE_IDS } from '../../src/board/page/chat-styles.ts';
import { pictureName } from '../../src/cards/picture.ts';
import { chartPng } from '../../src/charts/png.ts';
import { chartSvg } from '../../src/charts/svg.ts';
import type { ChartSpec } from '../../src/stories/chart-spec.ts';
import { PALETTES } from '../../src/stories/tone.ts';
import { catalogue } from '../cards/stories.ts';
import { photograph } from './browser.ts';
import { everyCard } from './cards.ts';
import { type Write, writeFonts, writerTo } from './files.ts';
import { cardsPage, type Device, indexPage, pageWidth, type Shown, WIDTHS } from './pages.ts';
import { everyPicture } from './pictures.ts';

/** A picture in both palettes, as chats get it and on the board's light ground. */
const writePicture = async (write: Write, kind: string, name: string, chart: ChartSpec): Promise<Shown> => {
  const files: string[] = [];
  for (const palette of PALETTES) {
    const file = `${pictureName(kind, name)}-${palette}.png`;
    write(file, await chartPng(chart, palette));
    files.push(file);
  }
  return { name: `${kind}: ${name}`, files, light: PALETTES.map((palette) => chartSvg(chart, 'light', palette)) };
};

interface Sheet {
  readonly folder: string;
  /** Of a browser that photographs the pages of cards; absent for none. */
  readonly browser?: string | undefined;
}

/** Every picture and card, with an index. Resolves to the path of the index. @throws UsageError */
export const writeContactSheet = async ({ folder, browser }: Sheet): Promise<string> => {
  const write = writerTo(folder);
  await writeFonts(write);
  const pages: string[] = [];
  const pictures: Shown[] = [];
  for (const language of catalogue.languages) {
    const cards = await everyCard(language);
    if (pictures.length === 0)
      for (const [kind, named] of Object.entries(everyPicture(cards)))
        for (const [name, chart] of named) pictures.push(await writePicture(write, kind, name, chart));
    for (const style of CHAT_STYLE_IDS)
      for (const device of Object.keys(WIDTHS) as Device[]) {
        const name = `cards-${language}-${style}-${device}`;
        const page = write(`${name}.html`, String(await cardsPage(cards, { language, style, device })));
        pages.push(`${name}.html`);
        if (browser) await photograph(browser, { page, png: join(folder, `${name}.png`), width: pageWidth(device) });
      }
  }
  return write('index.html', String(await indexPage(pictures, pages)));
};
