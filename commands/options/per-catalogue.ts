import type { Catalogue } from '../../src/i18n/catalogue.ts';

/** What is made of a catalogue, made once for each: values are read and suggested at every keystroke. */
export const perCatalogue = <T>(make: (catalogue: Catalogue) => T): ((catalogue: Catalogue) => T) => {
  const made = new WeakMap<Catalogue, { readonly value: T }>();
  return (catalogue) => {
    const found = made.get(catalogue) ?? { value: make(catalogue) };
    made.set(catalogue, found);
    return found.value;
  };
};

/** A pattern for one of these words, the longest first; without any, one that matches nothing. */
export const oneOf = (words: readonly string[]): string =>
  words.length === 0
    ? '(?!)'
    : `(?:${words
        .toSorted((a, b) => b.length - a.length)
        .map((word) => RegExp.escape(word))
        .join('|')})`;
