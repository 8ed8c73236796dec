import { expect, test } from 'vitest';
import { quotes, viewOf } from './board-view.ts';
import { findings, openBrowser } from './browser.ts';
import { openBoard } from './open-board.ts';
import { nvidiaReading } from './symbol-reading.ts';

const PATHS = ['/', '/card/7', '/symbol/NVDA', '/symbol/NVDA?range=1M', '/symbol/NVDA?range=All'];

const view = viewOf({ symbol: async () => nvidiaReading });

test('axe-core finds nothing on any page, in both schemes and languages', async (context) => {
  const browser = await openBrowser(context);
  for (const language of ['en', 'ko'])
    for (const colorScheme of ['dark', 'light'] as const) {
      const board = await openBoard({ view, language });
      const page = await browser.newPage({ colorScheme, bypassCSP: true });
      for (const path of PATHS) {
        await page.goto(board.url + path);
        expect([path, colorScheme, language, await findings(page)]).toEqual([path, colorScheme, language, []]);
      }
      await page.close();
    }
});

test('no page scrolls sideways at 320 px, and none needs its script', async (context) => {
  const browser = await openBrowser(context);
  for (const language of ['en', 'ko']) {
    const board = await openBoard({ view, language });
    const page = await browser.newPage({ viewport: { width: 320, height: 700 } });
    for (const path of PATHS) {
      await page.goto(board.url + path);
      const { scrolled, shown } = (await page.evaluate(
        '({ scrolled: document.documentElement.scrollWidth, shown: innerWidth })',
      )) as { scrolled: number; shown: number };
      expect([path, language, scrolled]).toEqual([path, language, shown]);
    }
    await page.close();
  }
});

test('an open page shows a new price without being loaded anew, and keeps to its policy', async (context) => {
  const browser = await openBrowser(context);
  let price = 103.73e6;
  const board = await openBoard({
    view: viewOf({ quotes: async () => quotes.map((quote) => ({ ...quote, price })) }),
  });
  const page = await browser.newPage();
  const refusals: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') refusals.push(message.text());
  });
  const opened = page.waitForRequest((request) => request.url().endsWith('/events'));
  await page.goto(board.url);
  await opened;
  await page.evaluate('window.isSamePage = true');
  price = 99.5e6;
  await expect
    .poll(async () => {
      board.changed();
      return page.textContent('#prices');
    })
    .toContain('99.50');
  expect(await page.evaluate('window.isSamePage')).toBe(true);
  expect(refusals).toEqual([]);
});
