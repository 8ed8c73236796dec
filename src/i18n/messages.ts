/** The texts of one file, nested as in the YAML. */
export interface Messages {
  readonly [key: string]: string | Messages;
}

/** The message files disagree, or a text does not exist. The message is one line. */
export class CatalogueError extends Error {
  override readonly name = 'CatalogueError';
}

const PLURAL = /_(zero|one|two|few|many|other)$/;
const PLACEHOLDER = /\{\{\s*([^}\s]+)\s*\}\}/g;

interface Text {
  readonly placeholders: string;
  /** Plural categories the text has; empty if it has one form. */
  readonly plurals: ReadonlySet<string>;
}

const flatten = (messages: Messages, path = ''): [string, string][] =>
  Object.entries(messages ?? {}).flatMap(([name, value]) => {
    const key = path === '' ? name : `${path}.${name}`;
    if (typeof value === 'string') return [[key, value] as [string, string]];
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return flatten(value, key);
    throw new CatalogueError(`Text "${key}" is not a string: put it in quotes.`);
  });

/** Texts by key without plural ending; the placeholders of a plural are those of all its forms. */
const textsOf = (messages: Messages): ReadonlyMap<string, Text> => {
  const forms = Map.groupBy(flatten(messages), ([key]) => key.replace(PLURAL, ''));
  return new Map(
    [...forms].map(([key, texts]) => {
      const names = texts.flatMap(([, text]) => [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''));
      const plurals = texts.flatMap(([full]) => PLURAL.exec(full)?.[1] ?? []);
      return [key, { placeholders: [...new Set(names)].sort().join(', '), plurals: new Set(plurals) }];
    }),
  );
};

const categories = new Map<string, readonly string[]>();

/** Made once a language: hundreds of texts ask for them. */
const pluralCategories = (language: string): readonly string[] => {
  const found = categories.get(language) ?? new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  categories.set(language, found);
  return found;
};

/** Forms that a file may leave out: English has none, so a copy of it starts without them. */
const OPTIONAL_FORMS: ReadonlySet<string> = new Set(['zero', 'two', 'few', 'many']);

/** The texts with each plural in all forms of the language: those that are left out are as `_other`. */
export const withAllPlurals = (language: string, messages: Messages): Messages => {
  const own = pluralCategories(language);
  const filled = (texts: Messages): Messages =>
    Object.fromEntries(
      Object.entries(texts).flatMap(([key, value]): [string, string | Messages][] => {
        if (typeof value !== 'string') return [[key, filled(value)]];
        const forms = key.endsWith('_other') ? own.map((form) => key.replace(/other$/, form)) : [];
        return [
          ...forms.filter((form) => !(form in texts)).map((form): [string, string] => [form, value]),
          [key, value],
        ];
      }),
    );
  return filled(messages);
};

/**
 * Checks that every language has the same keys and placeholders, and each plural in the forms `_one` and `_other`, as far
 * as Intl knows them for the language. Throws CatalogueError at the first fault, naming key and language.
 */
export const checkMessages = (messages: ReadonlyMap<string, Messages>): void => {
  if (messages.size === 0) throw new CatalogueError('No message files: config/messages needs at least en.yaml.');
  const all = new Map([...messages].map(([language, texts]) => [language, textsOf(texts)]));
  const keys = new Map([...all].flatMap(([language, texts]) => [...texts.keys()].map((key) => [key, language])));
  for (const [language, texts] of all) {
    for (const [key, owner] of keys) {
      const text = texts.get(key);
      if (text === undefined) {
        throw new CatalogueError(`No text "${key}" in language "${language}" (${owner}.yaml has it): add it.`);
      }
      const theirs = all.get(owner)?.get(key)?.placeholders;
      if (text.placeholders !== theirs) {
        throw new CatalogueError(
          `Text "${key}" has the placeholders [${text.placeholders}] in "${language}" and [${theirs}] in "${owner}": make them equal.`,
        );
      }
      const needed = text.plurals.size === 0 ? [] : pluralCategories(language);
      const missing = needed.find((category) => !text.plurals.has(category) && !OPTIONAL_FORMS.has(category));
      if (missing !== undefined) {
        throw new CatalogueError(
          `No text "${key}_${missing}" in language "${language}", which has that plural: add it.`,
        );
      }
    }
  }
};
