import type { Browser, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { exportPartsOf } from '../../src/facts/exported-fact.ts';
import { toMicros } from '../../src/market/money.ts';
import { companies, curatedFacts, ledger } from '../facts/samples.ts';
import { nvidiaEn, quotes, viewOf } from './board-view.ts';
import { findings, openBrowser } from './browser.ts';
import { list } from './delivery-lines.ts';
import { badHealth, histories } from './health-reading.ts';
import { openBoard } from './open-board.ts';
import { openRecordedApp } from './recorded-app.ts';
import { nvidiaReading } from './symbol-reading.ts';

const bill = () => ({ ledger, companies, now: Date.parse('2024-07-24T20:00:00Z') });

const seven = ['MSFT', 'AAPL', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA'].map((symbol, at) => ({
  ...({ symbol, unit: 'usd', name: { en: `Company ${symbol}`, ko: `회사 ${symbol}` } } as const),
  ...{ price: toMicros(100 - at), previous: toMicros(100), peak: toMicros(120), sessionsSincePeak: at },
  ...{ at: nvidiaEn.postedAt, reports: '2024-08-28', recent: [90, 110, 95, 120, 100 - at].map(toMicros) },
}));
const nine = [...seven, ...quotes.filter(({ unit }) => unit !== 'usd')];
const view = viewOf({
  ...{ quotes: async () => nine, symbol: async () => nvidiaReading, bill },
  figures: () => ({ ...bill(), subjects: companies.subjects, ...exportPartsOf(companies, curatedFacts) }),
  deliveries: async () => list,
  cardList: async () => [{ ...nvidiaEn, cursor: 7 }],
  ...{ health: async () => badHealth, jobHistories: async () => histories },
});
const empty = viewOf({ quotes: async () => nine, cards: async () => [], sample: () => nvidiaEn.card, bill });

/** What goes wrong on a page, such as a refusal by its policy. */
const faultsOf = (page: Page): string[] => {
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  return faults;
};

const followed = (page: Page): Promise<unknown> =>
  page.waitForResponse((response) => response.url().includes('/events?of='));

test('the cards of July 2024 appear on an open page as they are posted, and the prices with them', async (context) => {
  const browser = await openBrowser(context);
  const { app, close } = await openRecordedApp();
  onTestFinished(async () => {
    await app.stop();
  });
  const page = await browser.newPage();
  const faults = faultsOf(page);
  const opened = followed(page);
  await page.goto(app.boardUrl ?? '');
  await opened;
  await page.evaluate('window.isSamePage = true');
  expect(await page.textContent('#cards')).toContain('A sample, of 30 July 2024');
  expect(await page.textContent('#bill')).toContain('$44.3B');
  await close('2024-07-24');
  // The digest of the evening goes out with it.
  await expect.poll(() => page.textContent('main')).toContain('All seven fell');
  for (const day of ['2024-07-25', '2024-07-26', '2024-07-29', '2024-07-30']) await close(day);
  await expect.poll(() => page.textContent('main')).toContain('Nvidia is 23.5% below its peak');
  await expect.poll(() => page.textContent('#older')).toContain('Mon 29 Jul');
  await expect.poll(() => page.title()).toBe('Nvidia −7.0%, Nasdaq −1.3% · Slidewatch');
  expect(await page.textContent('#prices')).toContain('103.73');
  expect(await page.evaluate('window.isSamePage')).toBe(true);
  expect(faults).toEqual([]);
});

const order = (page: Page): Promise<string[]> => page.locator('.quotes tbody th small').allTextContents();

const REFERENCES = ['IXIC', 'MAG7'];

test('a head sorts the table without loading the page, keeps the keyboard on it, and the order is kept as prices change', async (context) => {
  const browser = await openBrowser(context);
  let price = 50;
  const board = await openBoard({
    view: viewOf({
      quotes: async () => nine.map((quote, at) => (at === 0 ? { ...quote, price: toMicros(price) } : quote)),
    }),
  });
  const page = await browser.newPage();
  const faults = faultsOf(page);
  const opened = followed(page);
  await page.goto(board.url);
  await opened;
  await page.evaluate('window.isSamePage = true');
  expect(await order(page)).toEqual(['MSFT', 'TSLA', 'NVDA', 'META', 'AMZN', 'GOOGL', 'AAPL', ...REFERENCES]);
  await page.focus('#sort-price');
  const sortedStream = page.waitForResponse((response) => response.url().endsWith('/events?of=%2F%3Fsort%3Dprice'));
  await page.keyboard.press('Enter');
  await sortedStream;
  await expect
    .poll(() => order(page))
    .toEqual(['AAPL', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA', 'MSFT', ...REFERENCES]);
  expect(await page.evaluate('document.activeElement.id')).toBe('sort-price');
  expect(page.url()).toBe(`${board.url}/?sort=price`);
  price = 200;
  await expect
    .poll(async () => {
      board.changed();
      return (await order(page))[0];
    })
    .toBe('MSFT');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await order(page))[0]).toBe('TSLA');
  expect(await page.getAttribute('.quotes thead .price-cell', 'aria-sort')).toBe('ascending');
  expect(await page.evaluate('window.isSamePage')).toBe(true);
  expect(faults).toEqual([]);
});

test('without script a head sorts the table, too', async (context) => {
  const browser = await openBrowser(context);
  const board = await openBoard({ view });
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(board.url);
  await page.click('#sort-symbol');
  expect(page.url()).toBe(`${board.url}/?sort=symbol`);
  expect(await order(page)).toEqual(['AAPL', 'AMZN', 'GOOGL', 'META', 'MSFT', 'NVDA', 'TSLA', ...REFERENCES]);
});

const groundOf = (page: Page): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor');

const DARK = 'rgb(16, 22, 31)';
const LIGHT = 'rgb(244, 246, 249)';

const choosesAndRemembers = async (browser: Browser, javaScriptEnabled: boolean): Promise<void> => {
  const board = await openBoard({ view });
  const context = await browser.newContext({ javaScriptEnabled, colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto(`${board.url}/bill?as-of=2024-05-01`);
  expect(await groundOf(page)).toBe(LIGHT);
  await page.click('button[value="ko"]');
  expect(page.url()).toBe(`${board.url}/bill?as-of=2024-05-01`);
  expect(await page.getAttribute('html', 'lang')).toBe('ko');
  expect(await page.textContent('#day')).toBe('2024년 5월 1일');
  await page.click('button[value="dark"]');
  expect(await groundOf(page)).toBe(DARK);
  expect(await page.getAttribute('button[value="dark"]', 'aria-pressed')).toBe('true');
  const other = await context.newPage();
  await other.goto(`${board.url}/symbol/NVDA`);
  expect([await other.getAttribute('html', 'lang'), await groundOf(other)]).toEqual(['ko', DARK]);
  await other.click('button[value="light"]');
  await other.emulateMedia({ colorScheme: 'dark' });
  expect(await groundOf(other)).toBe(LIGHT);
  await other.click('button[value="system"]');
  expect(await groundOf(other)).toBe(DARK);
  await other.click('button[value="en"]');
  expect(await other.getAttribute('html', 'lang')).toBe('en');
};

test('language and colours are chosen by buttons, with and without script, and remembered', async (context) => {
  const browser = await openBrowser(context);
  for (const javaScriptEnabled of [true, false]) await choosesAndRemembers(browser, javaScriptEnabled);
});

test('axe-core finds nothing on the home page, full and empty, in chosen colours, at 1280 and 320 px', async (context) => {
  const browser = await openBrowser(context);
  for (const [name, shown] of Object.entries({ view, empty })) {
    const board = await openBoard({ view: shown });
    for (const theme of ['dark', 'light'] as const)
      for (const [width, language] of [
        [1280, 'en'],
        [320, 'ko'],
      ] as const) {
        const session = await browser.newContext({
          ...{ colorScheme: theme === 'dark' ? 'light' : 'dark', bypassCSP: true, viewport: { width, height: 800 } },
        });
        await session.addCookies([
          { name: 'slidewatch-theme', value: theme, url: board.url },
          { name: 'slidewatch-language', value: language, url: board.url },
        ]);
        const page = await session.newPage();
        for (const path of ['/', '/?style=discord', '/?style=slack&sort=sessions']) {
          await page.goto(board.url + path);
          expect([name, theme, width, path, await findings(page)]).toEqual([name, theme, width, path, []]);
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        }
        await session.close();
      }
  }
});

/** Parts of tables that lie beyond their panel, or words that do not fit into their cell; heads that phones do not show have no place. */
const CUT_OFF = `[...document.querySelectorAll('.panel td, .panel th, .panel dd, .panel li')].filter((cell) => {
  const panel = cell.closest('.panel').getBoundingClientRect();
  const box = cell.getBoundingClientRect();
  return cell.closest('.rows-on-phone thead') === null && box.width > 1 && (box.right > panel.right + 1 || cell.scrollWidth > cell.clientWidth + 1);
}).map((cell) => cell.textContent.trim())`;

test('no cell of a panel is cut off at 320 px, in either language', async (context) => {
  const browser = await openBrowser(context);
  for (const language of ['en', 'ko']) {
    const board = await openBoard({ view, language });
    const page = await browser.newPage({ viewport: { width: 320, height: 700 } });
    for (const path of ['/', '/symbol/NVDA?range=All', '/bill', '/deliveries', '/status']) {
      await page.goto(board.url + path);
      expect([language, path, await page.evaluate(CUT_OFF)]).toEqual([language, path, []]);
    }
    await page.close();
  }
});

test('all pages are named in one row at 320 px, in either language', async (context) => {
  const browser = await openBrowser(context);
  for (const language of ['en', 'ko']) {
    const board = await openBoard({ view, language });
    const page = await browser.newPage({ viewport: { width: 320, height: 700 } });
    for (const path of ['/', '/deliveries']) {
      await page.goto(board.url + path);
      const [shown, needed, ends] = (await page.evaluate(`(() => {
        const nav = document.querySelector('.top nav');
        return [nav.clientWidth, nav.scrollWidth, [...nav.children].map((link) => link.getBoundingClientRect().top)];
      })()`)) as [number, number, number[]];
      expect([language, path, needed, new Set(ends).size]).toEqual([language, path, shown, 1]);
    }
    await page.close();
  }
});

const PRINTED = [
  '/',
  '/?style=slack',
  '/card/7',
  '/symbol/NVDA?range=All',
  '/bill',
  '/bill?as-of=2024-07-24&later=yes',
  '/figures',
  '/figures?company=META&metric=capex_guidance',
  '/deliveries',
  '/cards',
  '/status',
];

test('every page is printed on two sheets at most, white, without what cannot be pressed on paper', async (context) => {
  const browser = await openBrowser(context);
  for (const language of ['en', 'ko']) {
    const board = await openBoard({ view, language });
    const session = await browser.newContext({ colorScheme: 'dark' });
    await session.addCookies([{ name: 'slidewatch-theme', value: 'dark', url: board.url }]);
    const page = await session.newPage();
    for (const path of PRINTED) {
      await page.goto(board.url + path);
      await page.emulateMedia({ media: 'print' });
      expect([path, await groundOf(page)]).toEqual([path, 'rgb(255, 255, 255)']);
      for (const hidden of ['.top nav', '.choices', '.skip', '.chips', '.filters', '.foot .links'])
        expect(await page.isVisible(hidden)).toBe(false);
      const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
      expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(2);
    }
    await session.close();
  }
});

test('the fonts are loaded, and figures in tables have one width', async (context) => {
  const browser = await openBrowser(context);
  const board = await openBoard({ view });
  const page = await browser.newPage();
  const faults = faultsOf(page);
  await page.goto(board.url);
  await page.evaluate('document.fonts.ready');
  const loaded = (await page.evaluate(
    '[...document.fonts].filter(({ status }) => status === "loaded").map(({ weight }) => weight)',
  )) as string[];
  expect(loaded).toEqual(expect.arrayContaining(['400', '600', '700']));
  const widths = (await page.evaluate(`['1111', '0000'].map((text) => {
    const cell = document.querySelector('.quotes td:nth-of-type(2)');
    const range = document.createRange();
    cell.textContent = text;
    range.selectNodeContents(cell);
    return range.getBoundingClientRect().width;
  })`)) as number[];
  expect(widths[0]).toBe(widths[1]);
  expect(faults).toEqual([]);
});
