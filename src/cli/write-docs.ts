/** Writes the documents in docs/ that are made of other files. Run by `npm run docs`, which also formats them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCS_FOLDER, madeDocs } from './docs.ts';

const openData = readFileSync(join(DOCS_FOLDER, 'open-data.md'), 'utf8');
for (const [name, text] of Object.entries(madeDocs(openData))) writeFileSync(join(DOCS_FOLDER, name), text);
