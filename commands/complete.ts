import type { Ledger } from '../src/facts/ledger.ts';
import type { Catalogue } from '../src/i18n/catalogue.ts';
import { languageName } from '../src/i18n/language-name.ts';
import { zoneName } from '../src/i18n/zone-name.ts';
import type { Watchlist } from '../src/market/watchlist.ts';
import { CARD_KINDS } from '../src/stories/card-kinds.ts';
import type { Command, Option, OptionKind } from './command.ts';
import { companyNames, shownName, symbolNames } from './names.ts';
import type { Nameable } from './nearest.ts';
import { normalise } from './normalise.ts';
import { valueLabel } from './options/choice.ts';
import { TIMES } from './options/clock-time.ts';
import { DAY_LISTS } from './options/days.ts';
import { durationsFor, durationWords } from './options/duration.ts';
import { kindNames } from './options/kinds.ts';
import { languageNames } from './options/languages.ts';
import { LEVELS } from './options/levels.ts';
import { listSoFar } from './options/list-so-far.ts';
import { reportDays } from './options/report-days.ts';
import { zoneNames } from './options/time-zones.ts';

/** Discord shows no more choices than this, and no longer ones. */
const MAX_CHOICES = 25;
const MAX_CHOICE_LENGTH = 100;

/** Compared letter by letter: a Hangul syllable that is still being typed is the beginning of the whole one. */
const letters = (text: string): string => text.slice(0, MAX_CHOICE_LENGTH).normalize('NFKD').toLowerCase().trim();

export interface Completing {
  readonly catalogue: Catalogue;
  readonly watchlist: Watchlist;
  readonly ledger: () => Ledger;
}

/** What is offered for one value: shown is `label`, found it is by any of `names`. */
interface Choice {
  readonly value: string;
  readonly label: string;
  readonly names: readonly string[];
}

interface Typing extends Completing {
  readonly option: Option;
  readonly typed: string;
  readonly language: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

const named = (all: readonly Nameable[], label: (id: string) => string): Choice[] =>
  all.map(({ id, names }) => ({ value: id, label: label(id), names }));

const symbols = ({ catalogue, watchlist, language }: Typing): Choice[] =>
  named(symbolNames(watchlist, catalogue), (id) => shownName(catalogue, language, id, watchlist));

/** Values that are found by themselves and by their words in every language. */
const plain = (values: readonly string[], { catalogue, language }: Typing): Choice[] =>
  values.map((value) => ({
    value,
    label: valueLabel(catalogue, language, value),
    names: [value, ...catalogue.languages.map((each) => valueLabel(catalogue, each, value))],
  }));

const kinds = ({ catalogue, typed, language }: Typing): Choice[] =>
  listSoFar(typed, CARD_KINDS).map(({ before, value }) => ({
    value: before + value,
    label: before + catalogue.in(language).say(`kind.${value}`),
    names: kindNames(catalogue, value).map((name) => before + name),
  }));

const durations = ({ catalogue, typed, language }: Typing): Choice[] =>
  durationsFor(typed).map((value) => {
    const words = (each: string) =>
      value === 'session' ? valueLabel(catalogue, each, value) : durationWords(each, value);
    return { value, label: words(language), names: [value, ...catalogue.languages.map(words)] };
  });

/** What there is to choose from, by kind of option. */
const CHOICES: Readonly<Partial<Record<OptionKind, (typing: Typing) => Choice[]>>> = {
  symbol: symbols,
  ticker: symbols,
  company: ({ catalogue, watchlist, language }) =>
    named(companyNames(watchlist, catalogue), (id) => shownName(catalogue, language, id, watchlist)),
  day: ({ catalogue, ledger, language, now }) => reportDays(catalogue.in(language), ledger(), now),
  'time-zone': ({ catalogue, language }) =>
    named(zoneNames(catalogue), (id) => `${zoneName(catalogue.in(language), id)} (${id})`),
  duration: durations,
  time: (typing) => [...plain(typing.option.choices ?? [], typing), ...plain(TIMES, typing)],
  language: ({ catalogue }) =>
    catalogue.languages.map((value) => ({ value, label: languageName(value), names: languageNames(catalogue, value) })),
  levels: (typing) => plain(LEVELS, typing),
  percent: (typing) => plain(['10', '20', '30', '0', ...(typing.option.choices ?? [])], typing),
  hours: (typing) => plain(['22:00-07:00', '23:00-08:00', '18:00-09:00', 'off'], typing),
  kinds: (typing) => [...kinds(typing), ...plain(['default', 'all'], typing)],
  days: (typing) => plain(DAY_LISTS, typing),
};

/** Whether values of the option are offered while it is typed. Those of a `choice` are listed beforehand. */
export const isCompleted = ({ kind, suggestions }: Option): boolean =>
  CHOICES[kind] !== undefined || suggestions !== undefined;

const partition = <T>(all: readonly T[], belongs: (one: T) => boolean): readonly [T[], T[]] => {
  const { true: inside = [], false: outside = [] } = Object.groupBy(
    all,
    (one) => `${belongs(one)}` as 'true' | 'false',
  );
  return [inside, outside];
};

/**
 * Choices for an option that is being typed, in every language's names whatever the reader's: first those that begin
 * with it, then those that hold it. At most 25. Looks at what is watched at the time, so that a symbol that was added
 * a moment ago is among them.
 */
export const createComplete = (context: Completing, commands: readonly Command[], now: () => number) => {
  const options = new Map(
    commands.flatMap((command) => command.options.map((option) => [`${command.name}/${option.name}`, option] as const)),
  );
  // Made before anybody types: it takes longer than all that comes after it.
  if ([...options.values()].some(({ kind }) => kind === 'time-zone')) zoneNames(context.catalogue);
  return (name: string, option: string, typed: string, language: string) => {
    const found = options.get(`${name}/${option}`);
    if (!found) return [];
    const reader = context.catalogue.isLanguage(language) ? language : 'en';
    const typing: Typing = {
      ...context,
      option: found,
      typed: normalise(typed.slice(0, MAX_CHOICE_LENGTH)),
      language: reader,
      now: now(),
    };
    const choices = CHOICES[found.kind]?.(typing) ?? plain(found.choices ?? found.suggestions ?? [], typing);
    const wanted = letters(typed.slice(0, MAX_CHOICE_LENGTH).replaceAll(/\s*,\s*/g, ','));
    const all = choices.map((choice) => ({ ...choice, found: [...choice.names, choice.label].map(letters) }));
    const [begins, others] = partition(all, (choice) => choice.found.some((each) => each.startsWith(wanted)));
    const holds = others.filter((choice) => choice.found.some((each) => each.includes(wanted)));
    return [...begins, ...holds]
      .slice(0, MAX_CHOICES)
      .map(({ value, label }) => ({ value, label: label.slice(0, MAX_CHOICE_LENGTH) }));
  };
};
