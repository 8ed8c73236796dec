import type { Catalogue } from '../../src/i18n/catalogue.ts';
import { normaliseText } from '../../src/util/normalise-text.ts';
import { aliasesOf } from '../typed-texts.ts';

/** The message keys that may hold a value's label. */
const keysOf = (value: string): readonly string[] => [`choice.${value}`, `metric-name.${value}`];

/** A value's label in a language, of a choice or of a metric; the value itself if it has none. */
export const valueLabel = (catalogue: Catalogue, language: string, value: string): string => {
  const words = catalogue.in(language);
  const key = keysOf(value).find((candidate) => words.knows(candidate));
  return key === undefined ? value : words.say(key);
};

/** Everything a value is called: itself, its label in every language, and their aliases. */
export const valueNames = (catalogue: Catalogue, value: string): readonly string[] => [
  value,
  ...catalogue.languages.map((language) => valueLabel(catalogue, language, value)),
  ...keysOf(value).flatMap((key) => aliasesOf(catalogue, key)),
];

/** The choice that is typed, by any of its names. */
export const choiceOf = (catalogue: Catalogue, choices: readonly string[], typed: string): string | undefined => {
  const wanted = normaliseText(typed);
  return choices.find((choice) => valueNames(catalogue, choice).some((known) => normaliseText(known) === wanted));
};

/** Whether a text says that something is to end, but not what: `off`, `none`, `nothing`. */
export const isOffWord = ({ typed: { value } }: Catalogue, typed: string): boolean =>
  [...value.off, ...value.clear].includes(normaliseText(typed));

/** Whether a text says that everything is meant: `all`, `everything`. */
export const isAllWord = ({ typed: { value } }: Catalogue, typed: string): boolean =>
  value.all.includes(normaliseText(typed));
