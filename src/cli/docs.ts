import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventJsonSchema } from '../chat/webhook/event.ts';
import { loadArticle } from '../facts/article.ts';
import { exportJsonSchema } from '../facts/exported-fact.ts';
import { loadFacts } from '../facts/fact-files.ts';
import { loadCatalogue } from '../i18n/catalogue.ts';
import { BASE_LANGUAGE } from '../i18n/languages.ts';
import { root } from '../util/read-config.ts';
import { articlePage } from './article-page.ts';
import { fieldTable } from './export-page.ts';
import { settingsPage } from './settings-page.ts';

export const DOCS_FOLDER = join(root, 'docs');

/** What stands between these in docs/open-data.md is made. */
export const FIELDS = { from: '<!-- fields -->\n', to: '\n<!-- /fields -->' } as const;

/** A document with the table of fields in its place. */
const withFields = (document: string): string => {
  const from = document.indexOf(FIELDS.from);
  const to = document.indexOf(FIELDS.to);
  if (from < 0 || to < from) throw new TypeError('docs/open-data.md has no place for the table of fields');
  return `${document.slice(0, from + FIELDS.from.length)}${fieldTable()}${document.slice(to)}`;
};

/** The documents that are made of other files, by name; `openData` is the present text of docs/open-data.md. */
export const madeDocs = (openData: string): Readonly<Record<string, string>> => {
  const article = loadArticle(loadFacts());
  const catalogue = loadCatalogue();
  // Another language has no page until the article is told in it.
  const told = catalogue.languages.filter((language) => article.figures.every(({ said }) => language in said));
  const articles = told.map((language) => {
    const name = language === BASE_LANGUAGE ? 'article.md' : `article.${language}.md`;
    return [name, articlePage(catalogue.in(language), article)];
  });
  return {
    ...Object.fromEntries(articles),
    'open-data.md': withFields(openData),
    'settings.md': settingsPage(readFileSync(join(root, '.env.example'), 'utf8')),
    'facts-export.schema.json': `${JSON.stringify(exportJsonSchema(), null, 2)}\n`,
    'webhook-event.schema.json': `${JSON.stringify(eventJsonSchema(), null, 2)}\n`,
  };
};
