import { join } from 'node:path';
import { createCommandLine, execute } from '../../src/cli/command-line.ts';
import { root } from '../../src/util/read-config.ts';

const commandLine = createCommandLine('pictures', process)
  .description(
    'Draw every kind of picture and card, in both palettes, both languages and on both platforms, to look at.',
  )
  .option('--to <folder>', 'where they go', join(root, 'pictures'))
  .action(async ({ to }) => {
    // The watchlist and the companies of the tests.
    process.env.SLIDEWATCH_CONFIG = join(import.meta.dirname, '../fixtures/config');
    const { browserPath } = await import('./browser.ts');
    const { writeContactSheet } = await import('./contact-sheet.ts');
    const browser = browserPath();
    if (!browser) console.log('no browser: the cards stay pages without pictures of them; set CHROMIUM to its path');
    console.log(await writeContactSheet({ folder: to, browser }));
  });

await execute(commandLine, process.argv.slice(2), process);
