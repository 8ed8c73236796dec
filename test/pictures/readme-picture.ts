import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { buildCard } from '../../src/cards/story-cards.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { root } from '../../src/util/read-config.ts';
import { catalogue } from '../cards/stories.ts';
import { photograph } from './browser.ts';
import { writeFonts, writerTo } from './files.ts';
import { cardPage } from './pages.ts';
import { slideOn } from './recorded.ts';

/** CSS pixels, and those of the picture: a sharper one is larger than 150 kB. */
const WIDTH = 565;
const BOARD = { width: 1_000, height: 640 };

/** Photographs the board at the end of the demo. */
const photographBoard = async (browser: string, language: string): Promise<Buffer> => {
  // On a terminal the board stays up.
  const command = `${process.execPath} src/slidewatch.cjs demo --fast --language ${language}`;
  const demo = spawn('script', ['--quiet', '--flush', '--command', command, '/dev/null'], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, COLUMNS: '100' },
  });
  try {
    let said = '';
    let url: string | undefined;
    for await (const text of demo.stdout.setEncoding('utf8')) {
      said += text;
      url = [...said.matchAll(/http:\/\/127\.0\.0\.1:\d+/g)].at(-1)?.[0];
      if (url && /Enter/.test(said)) break;
    }
    if (!url) throw new UsageError(`the demo has named no board: ${said}`);
    const opened = await chromium.launch({ executablePath: browser, args: ['--no-sandbox'] });
    try {
      const page = await opened.newPage({ viewport: BOARD, colorScheme: 'light' });
      await page.goto(url, { waitUntil: 'load' });
      return await page.screenshot();
    } finally {
      await opened.close();
    }
  } finally {
    demo.stdin.end('\n');
    demo.kill();
  }
};

/** The pictures of the README in each language: a card on both platforms, and the board. Resolves to the paths. @throws UsageError */
export const writeReadmePictures = async (folder: string, browser: string): Promise<readonly string[]> => {
  const beside = mkdtempSync(join(tmpdir(), 'readme-picture-'));
  try {
    const write = writerTo(beside);
    await writeFonts(write);
    const pictures: string[] = [];
    const keep = (name: string, png: Uint8Array): void => void pictures.push(writerTo(folder)(name, png));
    for (const language of catalogue.languages) {
      const card = buildCard([slideOn('NVDA', '2024-07-30')], language, catalogue);
      for (const style of ['discord', 'slack'] as const) {
        const page = write('card.html', String(await cardPage(card, language, style)));
        const shot = join(beside, 'card.png');
        await photograph(browser, { page, png: shot, width: WIDTH });
        keep(`card-${style}.${language}.png`, readFileSync(shot));
      }
      keep(`board.${language}.png`, await photographBoard(browser, language));
    }
    return pictures;
  } finally {
    rmSync(beside, { recursive: true });
  }
};
