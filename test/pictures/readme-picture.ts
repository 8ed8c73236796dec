import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCard } from '../../src/cards/story-cards.ts';
import { catalogue } from '../cards/stories.ts';
import { photograph } from './browser.ts';
import { writeFonts, writerTo } from './files.ts';
import { cardPage } from './pages.ts';
import { slideOn } from './recorded.ts';

/** CSS pixels, and those of the picture: a sharper one is larger than 150 kB. */
const WIDTH = 565;

/** The card of the README in each language, as it looks on Discord. Resolves to the paths. @throws UsageError */
export const writeReadmePictures = async (folder: string, browser: string): Promise<readonly string[]> => {
  const beside = mkdtempSync(join(tmpdir(), 'readme-picture-'));
  try {
    const write = writerTo(beside);
    await writeFonts(write);
    const pictures: string[] = [];
    for (const language of catalogue.languages) {
      const card = buildCard([slideOn('NVDA', '2024-07-30')], language, catalogue);
      const page = write('card.html', String(await cardPage(card, language, 'discord')));
      const shot = join(beside, 'card.png');
      await photograph(browser, { page, png: shot, width: WIDTH });
      pictures.push(writerTo(folder)(`card-discord.${language}.png`, readFileSync(shot)));
    }
    return pictures;
  } finally {
    rmSync(beside, { recursive: true });
  }
};
