import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { onTestFinished, type TestContext } from 'vitest';

/** Debian's. */
const CHROMIUM = '/usr/bin/chromium';

/** A browser that is closed when the test is over. Skips the test, and says why, if there is none. */
export const openBrowser = async ({ skip }: Pick<TestContext, 'skip'>): Promise<Browser> => {
  if (!existsSync(CHROMIUM)) return skip(`${CHROMIUM} is not there: install Debian's package chromium`);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  onTestFinished(() => browser.close());
  return browser;
};

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe-core finds on a page, as rule and place. The page's policy has to be off for it (`bypassCSP`). */
export const findings = async (page: Page): Promise<string[]> => {
  await page.addScriptTag({ path: axe });
  const found: unknown = await page.evaluate(
    '(async () => (await axe.run()).violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ": " + target)))()',
  );
  return found as string[];
};
