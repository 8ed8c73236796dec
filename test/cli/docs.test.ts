import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { DOCS_FOLDER, madeDocs } from '../../src/cli/docs.ts';

const read = (name: string): string => readFileSync(join(DOCS_FOLDER, name), 'utf8');

test('the documents that are made of other files are up to date; `npm run docs` makes them anew', () => {
  // As shipped, not with the companies of the tests.
  vi.stubEnv('SLIDEWATCH_CONFIG', '');
  onTestFinished(() => void vi.unstubAllEnvs());
  const made = madeDocs(read('open-data.md'));
  expect(readdirSync(DOCS_FOLDER).toSorted()).toEqual(expect.arrayContaining(Object.keys(made).toSorted()));
  for (const [name, text] of Object.entries(made))
    if (name.endsWith('.json')) expect(JSON.parse(read(name))).toEqual(JSON.parse(text));
    else expect(read(name)).toBe(text);
});

test('a document without a place for the table is refused', () => {
  expect(() => madeDocs('# Without')).toThrow('docs/open-data.md has no place for the table of fields');
});
