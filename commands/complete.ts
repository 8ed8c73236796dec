import type { Catalogue } from '../src/cards/catalogue.ts';
import type { Watchlist } from '../src/market/watchlist.ts';
import type { Command, Option } from './command.ts';
import { companyNames, shownName, symbolNames } from './names.ts';
import type { Named } from './nearest.ts';

/** Discord shows no more choices than this, and no longer ones. */
const MOST = 25;
const LONGEST = 100;

/** Compared letter by letter: a Hangul syllable that is still being typed is the beginning of the whole one. */
const letters = (text: string): string => text.slice(0, LONGEST).normalize('NFKD').toLowerCase().trim();

interface Choice {
  readonly value: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Everything it is found by, in letters. */
  readonly names: readonly string[];
}

/** What is shown, in a language, for a value of an option. */
type Labels = (language: string) => string;

const choiceOf = (catalogue: Catalogue, { id, names }: Named, label: Labels): Choice => {
  const labels = Object.fromEntries(
    catalogue.languages.map((language) => [language, label(language).slice(0, LONGEST)]),
  );
  return { value: id, labels, names: [...names, ...Object.values(labels)].map(letters) };
};

/** A value's words in a language: those of a choice, of a kind of figure, or the value itself. */
export const valueLabel = (catalogue: Catalogue, language: string, value: string): string => {
  const words = catalogue.in(language);
  const key = [`choice.${value}`, `metric-name.${value}`].find((candidate) => words.knows(candidate));
  return key === undefined ? value : words.say(key);
};

const choicesOf = (option: Option, catalogue: Catalogue, watchlist: Watchlist): Choice[] => {
  const named = (all: readonly Named[]): Choice[] =>
    all.map((one) => choiceOf(catalogue, one, (language) => shownName(catalogue, language, one.id)));
  if (option.kind === 'symbol') return named(symbolNames(watchlist, catalogue));
  if (option.kind === 'company') return named(companyNames(watchlist, catalogue));
  return (option.choices ?? option.suggestions ?? []).map((value) =>
    choiceOf(catalogue, { id: value, names: [value] }, (language) => valueLabel(catalogue, language, value)),
  );
};

/**
 * Choices for an option that is being typed, in every language's names whatever the reader's: first those that begin
 * with it, then those that hold it. At most 25.
 */
export const createComplete = (
  { catalogue, watchlist }: { readonly catalogue: Catalogue; readonly watchlist: Watchlist },
  commands: readonly Command[],
) => {
  const read = () =>
    new Map(
      commands.flatMap(({ name, options }) =>
        options.map((option) => [`${name}/${option.name}`, choicesOf(option, catalogue, watchlist)] as const),
      ),
    );
  let known = { version: watchlist.version(), choices: read() };
  return (name: string, option: string, typed: string, language: string) => {
    const version = watchlist.version();
    if (known.version !== version) known = { version, choices: read() };
    const choices = known.choices.get(`${name}/${option}`) ?? [];
    const wanted = letters(typed);
    const begins = choices.filter(({ names }) => names.some((each) => each.startsWith(wanted)));
    const holds = choices.filter((it) => !begins.includes(it) && it.names.some((each) => each.includes(wanted)));
    return [...begins, ...holds]
      .slice(0, MOST)
      .map(({ value, labels }) => ({ value, label: labels[language] ?? labels.en ?? value }));
  };
};
