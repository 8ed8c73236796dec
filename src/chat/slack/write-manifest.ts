/**
 * Writes config/slack-manifest.json from the commands and their English words, and the link made of it into the README files. Run by
 * `npm run manifest`, which also formats it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../../../commands/index.ts';
import { loadCatalogue } from '../../i18n/catalogue.ts';
import { BASE_LANGUAGE } from '../../i18n/languages.ts';
import { root } from '../../util/read-config.ts';
import { createAppUrl } from './create-app-url.ts';
import { slackManifest } from './manifest.ts';

const manifest = slackManifest(commands, loadCatalogue().in(BASE_LANGUAGE));
writeFileSync(join(root, 'config/slack-manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);

for (const name of ['README.md', 'README.ko.md']) {
  const path = join(root, name);
  const text = readFileSync(path, 'utf8').replace(/^\[slack-app\]: .*$/m, () => `[slack-app]: ${createAppUrl()}`);
  writeFileSync(path, text);
}
