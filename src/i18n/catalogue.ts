import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance } from 'i18next';
import { type CompanyNames, readCompanyNames } from '../market/company-names.ts';
import { PALETTES, type Palette } from '../stories/tone.ts';
import { languagesIn, MESSAGES_DIR } from '../util/language-files.ts';
import { readYaml, YamlError } from '../util/yaml.ts';
import { BASE_LANGUAGE } from './languages.ts';
import { CatalogueError, checkMessages, type Messages, withAllPlurals } from './messages.ts';
import { mergeTypedWords, type TypedWords } from './typed-words.ts';

/** A language tag such as `en`: the name of a file in config/messages. `isLanguage` checks it. */
export type Language = string;

export type Values = Readonly<Record<string, string | number>>;

/** What selects the plural. */
export const countOf = ({ count }: Values): number | undefined => (typeof count === 'number' ? count : undefined);

/** The texts of one language. */
export interface Translator {
  readonly language: Language;
  /** The colour of falls that its readers expect. */
  readonly falls: Palette;
  /** The text under a dotted key, filled in; `count` selects the plural. Throws CatalogueError for a missing key or value. */
  say(key: string, values?: Values): string;
  /** Whether there is a text under the key; of a plural, with a `count`. */
  knows(key: string, count?: number): boolean;
}

export interface Catalogue {
  /** One for each file, in alphabetical order. */
  readonly languages: readonly Language[];
  isLanguage(language: string): boolean;
  /** Throws CatalogueError if there is no such language. */
  in(language: Language): Translator;
  /** The texts of a language, or English ones if there is no such language. */
  orEnglish(language: string | undefined): Translator;
  /** Words that people type, of all languages together. */
  readonly typed: TypedWords;
}

/** A parsed `<language>.yaml`: texts, words that people type under `typed`, and the colour of falls. */
type LanguageFile = Readonly<Record<string, unknown>>;

const readFile = (path: string): LanguageFile => {
  try {
    const { value } = readYaml(readFileSync(path, 'utf8'));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('no texts by name');
    return value as LanguageFile;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unreadable';
    const line = cause instanceof YamlError ? `:${cause.line}` : '';
    throw new CatalogueError(`${path}${line} cannot be read as messages: ${reason}; correct the file`, { cause });
  }
};

const fallsOf = (language: Language, { falls = 'red' }: LanguageFile): Palette => {
  const found = PALETTES.find((palette) => palette === falls);
  if (found !== undefined) return found;
  throw new CatalogueError(`falls in ${language}.yaml is ${JSON.stringify(falls)}: write ${PALETTES.join(' or ')}.`);
};

/** The messages with the names of companies under `name`; English where a company has none in the language. */
const withNames = (
  file: LanguageFile,
  language: Language,
  companies: ReadonlyMap<string, CompanyNames>,
): LanguageFile => {
  const names = [...companies].map(([symbol, { name }]) => [symbol, name[language] ?? name.en]);
  const { name = {} } = file;
  return { ...file, name: { ...(typeof name === 'object' && name), ...Object.fromEntries(names) } };
};

/**
 * Reads every `<language>.yaml` of a folder, and the names in config/companies.yaml. Adding a language is adding its file.
 * Throws ConfigError if the names cannot be read, CatalogueError if a file cannot be read, or the files differ in their keys or placeholders.
 */
export const loadCatalogue = (dir = MESSAGES_DIR): Catalogue => {
  const companies = readCompanyNames();
  const files = languagesIn(dir).map((language): [Language, LanguageFile] => {
    const file = readFile(join(dir, `${language}.yaml`));
    return [language, withNames(file, language, companies)];
  });
  return createCatalogue(new Map(files));
};

/** Like `loadCatalogue`, from parsed files. */
export const createCatalogue = (files: ReadonlyMap<Language, LanguageFile>): Catalogue => {
  const typed = mergeTypedWords(new Map([...files].map(([language, file]) => [language, file?.typed])));
  const messages = new Map(
    [...files].map(([language, file]) => {
      const { typed: _, falls: _falls, ...texts } = file ?? {};
      return [language, texts as Messages];
    }),
  );
  const falls = new Map([...files].map(([language, file]) => [language, fallsOf(language, file ?? {})]));
  checkMessages(messages);
  const languages = [...messages.keys()].sort();
  const i18n = createInstance({
    resources: Object.fromEntries(
      [...messages].map(([language, texts]) => [language, { translation: withAllPlurals(language, texts) }]),
    ),
    fallbackLng: false,
    initAsync: false,
    nsSeparator: false,
    // The default; said, it spares the guess for each key whether it is a path.
    keySeparator: '.',
    // Cards are plain text; each platform escapes for itself.
    interpolation: { escapeValue: false },
    missingInterpolationHandler: (text: string, match: RegExpExecArray) => {
      throw new CatalogueError(`No value for ${match[0]} in "${text}": the caller has to give one.`);
    },
  });
  void i18n.init();

  const translatorFor = (language: Language): Translator => {
    /** Keys that have a text without a count, as far as they were asked for. */
    const known = new Set<string>();
    /** Texts that were said without values. */
    const said = new Map<string, string>();

    const knows = (key: string, count?: number): boolean => {
      if (count !== undefined) return i18n.exists(key, { lng: language, count });
      if (known.has(key)) return true;
      if (!i18n.exists(key, { lng: language })) return false;
      known.add(key);
      return true;
    };

    const fillIn = (key: string, values: Values): string => {
      const count = countOf(values);
      if (!knows(key, count)) {
        throw new CatalogueError(`No text "${key}" in language "${language}": add it to ${language}.yaml.`);
      }
      // `nest: false`: a value that looks like i18next's $t(...) stays plain text.
      const options = { lng: language, replace: values, nest: false };
      return i18n.t(key, count === undefined ? options : { ...options, count });
    };

    return {
      language,
      falls: falls.get(language) ?? 'red',
      knows,
      say: (key, values) => {
        if (values) return fillIn(key, values);
        const text = said.get(key) ?? fillIn(key, {});
        said.set(key, text);
        return text;
      },
    };
  };

  const translators = new Map(languages.map((language) => [language, translatorFor(language)]));
  const translatorOf = (language: Language): Translator => {
    const found = translators.get(language);
    if (found !== undefined) return found;
    throw new CatalogueError(`No language "${language}". Available: ${languages.join(', ')}.`);
  };
  return {
    languages,
    isLanguage: (language) => translators.has(language),
    in: translatorOf,
    orEnglish: (language) => translators.get(language ?? BASE_LANGUAGE) ?? translatorOf(BASE_LANGUAGE),
    typed,
  };
};
