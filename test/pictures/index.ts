import { join } from 'node:path';
import { createCommandLine, execute } from '../../src/cli/command-line.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { root } from '../../src/util/read-config.ts';

const commandLine = createCommandLine('pictures', process)
  .description(
    'Draw every kind of picture and card, in both palettes, both languages and on both platforms, to look at.',
  )
  .option('--to <folder>', 'where they go; default: pictures, with --readme docs/images')
  .option('--readme', 'draw the pictures of the README alone')
  .action(async ({ to, readme }: { to?: string; readme?: true }) => {
    // The watchlist and the companies of the tests.
    process.env.SLIDEWATCH_CONFIG = join(import.meta.dirname, '../fixtures/config');
    const { browserPath } = await import('./browser.ts');
    const browser = browserPath();
    if (readme) {
      if (!browser) throw new UsageError('no browser to photograph a card with; set CHROMIUM to its path');
      const { writeReadmePictures } = await import('./readme-picture.ts');
      for (const path of await writeReadmePictures(to ?? join(root, 'docs/images'), browser)) console.log(path);
      return;
    }
    const { writeContactSheet } = await import('./contact-sheet.ts');
    if (!browser) console.log('no browser: the cards stay pages without pictures of them; set CHROMIUM to its path');
    console.log(await writeContactSheet({ folder: to ?? join(root, 'pictures'), browser }));
  });

await execute(commandLine, process.argv.slice(2), process);
