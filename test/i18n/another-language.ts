import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { type Catalogue, createCatalogue } from '../../src/i18n/catalogue.ts';
import { languagesIn, MESSAGES_DIR } from '../../src/util/language-files.ts';

type File = Readonly<Record<string, object>>;

const fileOf = (language: string): File => load(readFileSync(join(MESSAGES_DIR, `${language}.yaml`), 'utf8')) as File;

/** The catalogue that ships with one more language: a copy of English in which some sections have other entries. */
export const catalogueWith = (language: string, changes: File = {}): Catalogue => {
  const copy = fileOf('en');
  const changed = Object.entries(changes).map(([section, entries]) => [section, { ...copy[section], ...entries }]);
  return createCatalogue(
    new Map<string, File>([
      ...languagesIn().map((each) => [each, fileOf(each)] as const),
      [language, { ...copy, ...Object.fromEntries(changed) }],
    ]),
  );
};
