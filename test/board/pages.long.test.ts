import { expect, test } from 'vitest';
import { exportPartsOf } from '../../src/facts/exported-fact.ts';
import { companies, curatedFacts, ledger } from '../facts/samples.ts';
import { NOW, nvidiaEn, quotes, viewOf } from './board-view.ts';
import { findings, openBrowser } from './browser.ts';
import { list } from './delivery-lines.ts';
import { badHealth, histories } from './health-reading.ts';
import { openBoard } from './open-board.ts';
import { nvidiaReading } from './symbol-reading.ts';

const PATHS = [
  '/',
  '/card/7',
  '/symbol/NVDA',
  '/symbol/NVDA?range=1M',
  '/symbol/NVDA?range=All',
  '/bill',
  '/bill?as-of=2024-07-30&later=yes',
  '/figures',
  '/figures?company=META&metric=capex_guidance',
  '/deliveries',
  '/cards',
  '/status',
];

const bill = () => ({ ledger, companies, now: Date.parse('2024-10-21T12:00:00Z') });
const figures = () => ({ ...bill(), subjects: companies.subjects, ...exportPartsOf(companies, curatedFacts) });
const cardLines = [{ id: 7, cursor: 7, card: nvidiaEn.card, language: 'en', postedAt: NOW }];
const view = viewOf({
  symbol: async () => nvidiaReading,
  bill,
  figures,
  deliveries: async () => list,
  cardList: async () => cardLines,
  health: async () => badHealth,
  jobHistories: async () => histories,
});

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

test('no page scrolls sideways at 320 px', async (context) => {
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
  const opened = page.waitForRequest((request) => request.url().endsWith('/events?of=%2F'));
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

test('the slider shows an earlier day, hides what was told later, and its address can be shared', async (context) => {
  const browser = await openBrowser(context);
  const board = await openBoard({ view });
  const page = await browser.newPage();
  await page.goto(`${board.url}/bill`);
  await expect.poll(() => page.isVisible('#day-slider')).toBe(true);
  expect(await page.textContent('#companies')).toContain('1 Aug 2024');
  await page.focus('#day-slider');
  await page.keyboard.press('Home');
  await expect.poll(() => page.textContent('#companies')).not.toContain('1 Aug 2024');
  await page.keyboard.press('ArrowRight');
  const day = await page.inputValue('input[name="as-of"]');
  expect(page.url()).toBe(`${board.url}/bill?as-of=${day}`);
  await expect.poll(() => page.textContent('#columns')).not.toContain('Apr–Jun 2024');
});

test('without script the day is chosen by the form', async (context) => {
  const browser = await openBrowser(context);
  const board = await openBoard({ view });
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(`${board.url}/bill`);
  expect(await page.isVisible('#day-slider')).toBe(false);
  await page.fill('input[name="as-of"]', '2024-07-30');
  await page.check('input[name="later"]');
  await page.click('.as-of button');
  expect(page.url()).toBe(`${board.url}/bill?as-of=2024-07-30&later=yes`);
  expect(await page.textContent('h1')).toBe('The four spent 45% of their cash flow');
});

test('without script the figures are narrowed and the deliveries paged, by form, link and keyboard', async (context) => {
  const browser = await openBrowser(context);
  const board = await openBoard({ view });
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(`${board.url}/figures`);
  await page.click('nav.chips a:has-text("Meta")');
  await page.selectOption('select[name="metric"]', 'capex_guidance');
  await page.fill('input[name="as-of"]', '2024-07-30');
  await page.focus('.filters button');
  await page.keyboard.press('Enter');
  await page.waitForURL(/as-of=2024-07-30/);
  expect(await page.textContent('h1')).toBe('Meta: capex guidance');
  expect(await page.textContent('#headline')).toContain('as known on 30 Jul 2024');
  await page.goto(`${board.url}/deliveries`);
  await page.selectOption('select[name="platform"]', 'slack');
  await page.click('.filters button');
  await page.click('nav.chips a:has-text("Not delivered")');
  expect(page.url()).toBe(`${board.url}/deliveries?state=lost&platform=slack`);
  await page.click('a[rel="next"]');
  expect(page.url()).toBe(`${board.url}/deliveries?state=lost&platform=slack&before=35`);
  await page.goto(`${board.url}/status`);
  await page.focus('#jobs summary');
  await page.keyboard.press('Enter');
  expect(await page.isVisible('#jobs .runs')).toBe(true);
});
