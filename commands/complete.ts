import type { Companies } from '../src/facts/companies.ts';
import type { Ledger } from '../src/facts/ledger.ts';
import type { Catalogue } from '../src/i18n/catalogue.ts';
import { languageName } from '../src/i18n/languages.ts';
import { zoneName } from '../src/i18n/names.ts';
import { bareTicker } from '../src/market/share-class.ts';
import type { Watchlist } from '../src/market/watchlist.ts';
import { normaliseText } from '../src/util/normalise-text.ts';
import type { Command, Option, OptionKind } from './command.ts';
import { companyNames, shownName, symbolNames } from './names.ts';
import type { Nameable } from './nearest.ts';
import { valueLabel, valueNames } from './options/choice.ts';
import { SUGGESTED_TIMES } from './options/clock-time.ts';
import { suggestedDays } from './options/day.ts';
import { SUGGESTED_DAY_LISTS } from './options/days.ts';
import { durationLabel, SUGGESTED_MINUTES, suggestedDurations } from './options/duration.ts';
import { readTicker } from './options/identifiers.ts';
import { kindNames, remainingKinds } from './options/kinds.ts';
import { languageNames } from './options/languages.ts';
import { SUGGESTED_LEVELS, SUGGESTED_RISES } from './options/levels.ts';
import { lastOfList } from './options/symbols.ts';
import { zoneNames } from './options/time-zones.ts';

/** The lowest limits of all platforms on choices and their length. */
const MAX_CHOICES = 25;
const MAX_CHOICE_LENGTH = 100;

/** Text decomposed into letters, so that an unfinished Hangul syllable is a prefix of the finished one. */
const searchKey = (text: string): string => text.slice(0, MAX_CHOICE_LENGTH).normalize('NFKD').toLowerCase().trim();

interface CompletionContext {
  readonly catalogue: Catalogue;
  readonly watchlist: Watchlist;
  readonly ledger: () => Ledger;
  readonly companies: Companies;
}

/** A suggested value, shown as `label` and found by its label and any of `names`. */
interface Choice {
  readonly value: string;
  readonly label: string;
  readonly names: readonly string[];
}

interface CompletionRequest extends CompletionContext {
  readonly option: Option;
  readonly typed: string;
  readonly language: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

const namedChoices = (all: readonly Nameable[], label: (id: string) => string): Choice[] =>
  all.map(({ id, names }) => ({ value: id, label: label(id), names }));

const symbolChoices = ({ catalogue, watchlist, language }: CompletionRequest): Choice[] =>
  namedChoices(symbolNames(watchlist, catalogue), (id) => shownName(catalogue, language, id, watchlist));

/** Names of the whole text or, in a list, of its last name. */
const listChoices = (request: CompletionRequest): Choice[] => {
  const { before } = lastOfList(request.typed);
  const all = symbolChoices(request);
  const isOneName = all.some(({ names }) => names.some((name) => searchKey(name).includes(searchKey(request.typed))));
  if (before === '' || isOneName) return all;
  const added = all.map(({ value, names }) => ({
    value: before.toUpperCase() + value,
    label: before.toUpperCase() + value,
    names: [value, ...names].map((name) => before + name),
  }));
  return added.filter(({ value }) => value.length <= MAX_CHOICE_LENGTH);
};

/** Values that are found by themselves and by their labels in every language. */
const valueChoices = (values: readonly string[], { catalogue, language }: CompletionRequest): Choice[] =>
  values.map((value) => ({
    value,
    label: valueLabel(catalogue, language, value),
    names: valueNames(catalogue, value),
  }));

const kindChoices = ({ catalogue, typed, language }: CompletionRequest): Choice[] =>
  remainingKinds(typed).map(({ typedBefore, kind }) => ({
    value: typedBefore + kind,
    label: typedBefore + catalogue.in(language).say(`kind.${kind}`),
    names: kindNames(catalogue, kind).map((name) => typedBefore + name),
  }));

const durationChoices = ({ catalogue, typed, language }: CompletionRequest): Choice[] =>
  suggestedDurations(catalogue, typed).map((value) => {
    const labelIn = (each: string) =>
      value === 'session' ? valueLabel(catalogue, each, value) : durationLabel(each, value);
    return { value, label: labelIn(language), names: [value, ...catalogue.languages.map(labelIn)] };
  });

/** The registry of suggestions by kind of option. */
const CHOICES_BY_KIND: Readonly<Partial<Record<OptionKind, (request: CompletionRequest) => Choice[]>>> = {
  symbol: symbolChoices,
  symbols: listChoices,
  ticker: symbolChoices,
  company: ({ catalogue, companies, watchlist, language }) =>
    namedChoices(companyNames(companies, catalogue), (id) => shownName(catalogue, language, id, watchlist)),
  day: ({ catalogue, ledger, companies, language, now }) =>
    suggestedDays(catalogue.in(language), ledger(), companies, now),
  'time-zone': ({ catalogue, language }) =>
    namedChoices(zoneNames(catalogue), (id) => `${zoneName(catalogue.in(language), id)} (${id})`),
  duration: durationChoices,
  time: (request) => valueChoices([...(request.option.choices ?? []), ...SUGGESTED_TIMES], request),
  language: ({ catalogue }) =>
    catalogue.languages.map((value) => ({ value, label: languageName(value), names: languageNames(catalogue, value) })),
  levels: (request) => valueChoices(SUGGESTED_LEVELS, request),
  rises: (request) => valueChoices(SUGGESTED_RISES, request),
  percent: (request) => valueChoices(['10', '20', '30', '0', ...(request.option.choices ?? [])], request),
  minutes: (request) => valueChoices([...SUGGESTED_MINUTES, ...(request.option.choices ?? [])], request),
  hours: (request) => valueChoices(['22:00-07:00', '23:00-08:00', '18:00-09:00', 'off'], request),
  kinds: (request) => [...kindChoices(request), ...valueChoices(['default', 'all'], request)],
  days: (request) => valueChoices(SUGGESTED_DAY_LISTS, request),
};

/** What is typed, in capitals, if it can be a ticker that nobody watches. */
const tickerAsTyped = ({ anyTicker, kind }: Option, typed: string): Pick<Choice, 'value' | 'label'>[] => {
  const { before, last } = kind === 'symbols' ? lastOfList(typed) : { before: '', last: typed };
  // Without a comma before it, it may be a word of a longer name.
  const isOne = before === '' || /[,;]\s*$/u.test(before);
  const ticker = anyTicker && isOne ? readTicker(last) : undefined;
  const value = before.toUpperCase() + ticker;
  return ticker === undefined || value.length > MAX_CHOICE_LENGTH ? [] : [{ value, label: value }];
};

/** Whether values are suggested while the option is typed. The values of a `choice` are declared to the platform. */
export const isCompleted = ({ kind, suggestions }: Option): boolean =>
  CHOICES_BY_KIND[kind] !== undefined || suggestions !== undefined;

/**
 * Creates the completion of options while they are typed. It finds names in all languages, whatever the reader's, and
 * lists names that start with the text before those that contain it, at most 25. Reads the watchlist at each call,
 * because channels add and remove symbols.
 */
export const createComplete = (context: CompletionContext, commands: readonly Command[], now: () => number) => {
  const options = new Map(
    commands.flatMap((command) => command.options.map((option) => [`${command.name}/${option.name}`, option] as const)),
  );
  // Fills the cache of zone names, which takes longer than a completion may.
  if ([...options.values()].some(({ kind }) => kind === 'time-zone')) zoneNames(context.catalogue);
  return (name: string, optionName: string, typed: string, language: string) => {
    const option = options.get(`${name}/${optionName}`);
    if (!option) return [];
    const request: CompletionRequest = {
      ...context,
      option,
      typed: normaliseText(typed.slice(0, MAX_CHOICE_LENGTH)),
      language: context.catalogue.orEnglish(language).language,
      now: now(),
    };
    const choices =
      CHOICES_BY_KIND[option.kind]?.(request) ?? valueChoices(option.choices ?? option.suggestions ?? [], request);
    const cut = typed.slice(0, MAX_CHOICE_LENGTH);
    const isName =
      option.kind === 'symbol' || option.kind === 'symbols' || option.kind === 'ticker' || option.kind === 'company';
    const wanted = searchKey(isName ? bareTicker(cut) : cut.replaceAll(/\s*,\s*/g, ','));
    const all = choices.map((choice) => ({ ...choice, keys: [...choice.names, choice.label].map(searchKey) }));
    const { starts = [], others = [] } = Object.groupBy(all, ({ keys }) =>
      keys.some((key) => key.startsWith(wanted)) ? 'starts' : 'others',
    );
    const containing = others.filter(({ keys }) => keys.some((key) => key.includes(wanted)));
    const found = [...starts, ...containing];
    return (found.length > 0 ? found : tickerAsTyped(option, cut))
      .slice(0, MAX_CHOICES)
      .map(({ value, label }) => ({ value, label: label.slice(0, MAX_CHOICE_LENGTH) }));
  };
};
