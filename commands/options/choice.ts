import type { Catalogue } from '../../src/i18n/catalogue.ts';
import { normalise } from '../normalise.ts';

/** A value's words in a language: those of a choice, of a kind of figure, or the value itself. */
export const valueLabel = (catalogue: Catalogue, language: string, value: string): string => {
  const words = catalogue.in(language);
  const key = [`choice.${value}`, `metric-name.${value}`].find((candidate) => words.knows(candidate));
  return key === undefined ? value : words.say(key);
};

/** The one of `choices` that is typed, by its value or by its words in any language. */
export const choiceOf = (catalogue: Catalogue, choices: readonly string[], typed: string): string | undefined => {
  const wanted = normalise(typed);
  return choices.find((choice) =>
    [choice, ...catalogue.languages.map((language) => valueLabel(catalogue, language, choice))].some(
      (known) => normalise(known) === wanted,
    ),
  );
};
