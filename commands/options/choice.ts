import type { Catalogue } from '../../src/i18n/catalogue.ts';
import { normaliseText } from '../../src/util/normalise-text.ts';

/** Words for "off" that every kind of option with such a value understands. */
export const OFF_WORDS = ['off', 'none', '끄기', '없음'] as const;
/** Words for "back to the defaults". */
export const DEFAULT_WORDS = ['default', 'reset', '기본', '기본값'] as const;

/** A value's label in a language, of a choice or of a metric; the value itself if it has none. */
export const valueLabel = (catalogue: Catalogue, language: string, value: string): string => {
  const words = catalogue.in(language);
  const key = [`choice.${value}`, `metric-name.${value}`].find((candidate) => words.knows(candidate));
  return key === undefined ? value : words.say(key);
};

/** The choice that is typed, by its value or by its label in any language. */
export const choiceOf = (catalogue: Catalogue, choices: readonly string[], typed: string): string | undefined => {
  const wanted = normaliseText(typed);
  return choices.find((choice) =>
    [choice, ...catalogue.languages.map((language) => valueLabel(catalogue, language, choice))].some(
      (known) => normaliseText(known) === wanted,
    ),
  );
};
