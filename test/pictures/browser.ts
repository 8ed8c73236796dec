import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars'];
/** A page sets this attribute of its root to its own height when all of it is laid out. */
const HEIGHT = /data-height="(\d+)"/;
const TALLEST = 16_000;

/** Writes its own height into the page; see `photograph`. */
export const HEIGHT_SCRIPT =
  'document.fonts.ready.then(() => { document.documentElement.dataset.height = document.body.scrollHeight; });';

/** The browser in CHROMIUM, else Debian's; undefined if there is none. */
export const browserPath = (named = process.env.CHROMIUM): string | undefined =>
  [named, '/usr/bin/chromium'].find((path) => path !== undefined && path !== '' && existsSync(path));

/** A picture of a whole page, which has HEIGHT_SCRIPT, `width` CSS pixels wide. Rejects if the browser fails. */
export const photograph = async (
  browser: string,
  { page, png, width, scale = 1 }: { page: string; png: string; width: number; scale?: number },
): Promise<void> => {
  const url = pathToFileURL(page).href;
  const options = { maxBuffer: 512 * 1024 * 1024 };
  const size = (height: number): string => `--window-size=${width},${height}`;
  const { stdout } = await run(
    browser,
    [...FLAGS, size(800), '--virtual-time-budget=2000', '--dump-dom', url],
    options,
  );
  const height = Math.min(Number(HEIGHT.exec(stdout)?.[1] ?? 800), Math.floor(TALLEST / scale));
  const shot = [
    size(height),
    `--force-device-scale-factor=${scale}`,
    '--virtual-time-budget=2000',
    `--screenshot=${png}`,
  ];
  await run(browser, [...FLAGS, ...shot, url], options);
};
