import { quotable } from '../problems.ts';

/** As many as one card shows without scrolling on a phone. */
export const MAX_SYMBOLS = 10;

/** The most words of one name: `the magnificent seven`. */
const MAX_NAME_WORDS = 3;

/** What separates symbols, apart from blanks. A slash may be that of a share class. */
const SEPARATOR = /[,;&+、，；]+/u;

const wordsOf = (part: string): string[] => part.split(/\s+/u).filter((word) => word !== '');

/**
 * What a text such as `nvda amd, brk b` names, each once and in its order: the id of what `find` knows, the longest name
 * first, otherwise the word as typed.
 */
export const splitSymbols = (typed: string, find: (name: string) => string | undefined): readonly string[] => {
  const whole = find(typed);
  if (whole !== undefined) return [whole];
  const found: string[] = [];
  for (const part of typed.split(SEPARATOR)) {
    const words = wordsOf(part);
    while (words.length > 0) {
      const lengths = Array.from({ length: Math.min(MAX_NAME_WORDS, words.length) }, (_, at) => at + 1).reverse();
      const length = lengths.find((count) => find(words.slice(0, count).join(' ')) !== undefined) ?? 1;
      const name = words.splice(0, length).join(' ');
      found.push(find(name) ?? quotable(name));
    }
  }
  return [...new Set(found)];
};

/** A list while it is typed: what stands before its last name, with the separator, and that name. */
export const lastOfList = (typed: string): { readonly before: string; readonly last: string } => {
  const [, before = '', last = ''] = /^(.*[\s,;&+、，；])?(.*)$/su.exec(typed) ?? [];
  return { before, last };
};
