import { BASIS_IDS, type Basis } from '../facts/basis.ts';
import type { Fact } from '../facts/fact.ts';
import { kindOf, type MetricKind } from '../facts/metric.ts';
import type { ShownFact } from '../facts/shown-fact.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatDate, formatFullDate, formatPeriod, formatRecentPeriod, quarterStart } from '../i18n/dates.ts';
import { nameInList } from '../i18n/names.ts';
import { formatChange } from '../i18n/percent.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Row } from './card.ts';
import { displayWidth } from './display-width.ts';
import { formatFactAmount } from './fact-amount.ts';
import { OLDER, SECONDARY } from './legend.ts';

const QUARTER_LABEL = /\bQ[1-4]$/;

/** "Apr–Jun 2024"; a balance is "at 30 Jun 2024"; a period without its first day that is not a quarter keeps the company's label. */
export const periodOf = (words: Translator, fact: Fact): string => {
  const { start, end } = fact.period;
  if (start !== undefined) return formatPeriod(words, start, end);
  if (kindOf(fact.metric) === 'balance') return words.say('format.on_day', { date: formatFullDate(words, end) });
  return QUARTER_LABEL.test(fact.label) ? formatPeriod(words, quarterStart(end), end) : fact.label;
};

/** The same without the year of a recent one: "Apr–Jun", "at 30 Jun". */
const recentPeriodOf = (words: Translator, fact: Fact, cardDay: SessionDate): string => {
  const { start, end } = fact.period;
  if (start !== undefined) return formatRecentPeriod(words, start, end, cardDay);
  if (kindOf(fact.metric) === 'balance') return words.say('format.on_day', { date: formatDate(words, end, cardDay) });
  return QUARTER_LABEL.test(fact.label) ? formatRecentPeriod(words, quarterStart(end), end, cardDay) : fact.label;
};

/** Capex is cash capex, unless a card says otherwise. */
const USUAL_BASES: ReadonlySet<Basis> = new Set<Basis>([
  'cash_ppe',
  'cash_ppe_gross_productive',
  'cash_ppe_and_intangibles',
]);

/** "incl. leases": the basis of a figure that could be misread without. */
export const basisBrief = (
  words: Translator,
  { basis }: Fact,
  usual: ReadonlySet<Basis> = USUAL_BASES,
): string | undefined => {
  const key = `basis-brief.${basis}`;
  return words.knows(key) && !usual.has(basis) ? words.say(key) : undefined;
};

/**
 * "$14.0B capex (incl. finance leases)": a figure, with its basis if it could be misread without, or always if `usual` is empty.
 * `key` names another text than that of the metric.
 */
export const factFigure = (
  words: Translator,
  fact: Fact,
  key = `metric.${fact.metric}`,
  usual: ReadonlySet<Basis> = USUAL_BASES,
): string => {
  const amount = formatFactAmount(words, fact);
  if (amount === undefined) return words.say('fact.not_disclosed');
  const text = words.say(key, { amount, count: fact.value ?? 0 });
  const basis = basisBrief(words, fact, usual);
  return basis === undefined ? text : words.say('fact.basis', { text, basis });
};

/** "$13.9B capex (cash)": a figure with its basis, for where bases are compared. */
export const factFigureWithBasis = (words: Translator, fact: Fact): string =>
  factFigure(words, fact, `metric.${fact.metric}`, new Set());

/** Bases that override the metric's kind: a guess by others is not the company's guidance. */
const HOW_BY_BASIS: Readonly<Partial<Record<Basis, 'reported' | 'estimated'>>> = {
  best_guess: 'estimated',
  press_estimate: 'estimated',
  announcement: 'reported',
};

const HOW_BY_KIND: Readonly<Partial<Record<MetricKind, 'guided' | 'estimated'>>> = {
  guidance: 'guided',
  estimate: 'estimated',
};

/** "23 Jul", "30 Jul 16:03 New York", "23 Jul by 16:30 New York"; without a minute and a bound the day alone. */
const minuteOf = (words: Translator, { published, time, knownBy }: Fact, cardDay: SessionDate): string => {
  const date = formatDate(words, published, cardDay);
  if (time !== undefined) return words.say('fact.at', { date, time });
  return knownBy === undefined ? date : words.say('fact.by', { date, time: knownBy });
};

/** "23 Jul", with the minute on the day itself. */
export const publicationMinute = (words: Translator, fact: Fact, cardDay: SessionDate): string =>
  fact.published === cardDay ? minuteOf(words, fact, cardDay) : formatDate(words, fact.published, cardDay);

/** "reported 23 Jul", "guidance given 23 Jul". The minute is said on the day itself, and always if `withMinute`. */
export const reportedOn = (words: Translator, fact: Fact, cardDay: SessionDate, withMinute = false): string => {
  const how = HOW_BY_BASIS[fact.basis] ?? HOW_BY_KIND[kindOf(fact.metric)] ?? 'reported';
  const date = withMinute ? minuteOf(words, fact, cardDay) : publicationMinute(words, fact, cardDay);
  return words.say(`fact.${how}`, { date });
};

/** The signs of an older figure and of a secondary source. */
const factMark = ({ source }: Fact, stale: boolean): string =>
  (stale ? OLDER : '') + (source.secondary === true ? SECONDARY : '');

/** When and where a figure was told, for a row about its source. */
export const sourceOf = (
  words: Translator,
  fact: Fact,
  cardDay: SessionDate,
  withMinute = false,
): Pick<Row, 'aside' | 'link' | 'mark'> => {
  const mark = factMark(fact, false);
  return {
    aside: reportedOn(words, fact, cardDay, withMinute),
    link: fact.source.url,
    ...(mark !== '' && { mark }),
  };
};

/** "Apr–Jun · 23 Jul", "2025, incl. leases · 30 Apr"; an estimate of others says so, and the minute is said on the day itself. */
export const factAside = (words: Translator, fact: Fact, cardDay: SessionDate, basis?: string): string => {
  const date = publicationMinute(words, fact, cardDay);
  const how = HOW_BY_BASIS[fact.basis] ?? HOW_BY_KIND[kindOf(fact.metric)];
  const period = recentPeriodOf(words, fact, cardDay);
  return words.say('fact.aside', {
    period: basis === undefined ? period : words.say('fact.period_basis', { period, basis }),
    day: how === 'estimated' ? words.say('fact.estimated', { date }) : date,
  });
};

/** What a narrow card has room for on one line. */
const HALF_WIDTH = 36;

/** The figure beside its company: "$13.2B capex", "guides $64–72B capex". */
export const figureBeside = (words: Translator, fact: Fact, usual?: ReadonlySet<Basis>): string => {
  const key = `metric-row.${fact.metric}`;
  return factFigure(words, fact, words.knows(key) ? key : undefined, usual);
};

/** Every basis, so that none is said. */
export const ANY_BASIS: ReadonlySet<Basis> = new Set(BASIS_IDS);

/**
 * "Alphabet", "$13.2B capex, +91%", "Apr–Jun · 23 Jul", with the link to its source and marks for an older figure and a
 * secondary source. `figureOf` words the figure itself. A basis for which the first half has no room stands in the second.
 */
export const factRow = (
  words: Translator,
  shown: ShownFact,
  cardDay: SessionDate,
  figureOf?: (words: Translator, fact: Fact) => string,
): Row => {
  const { fact, yoyPercent, stale, disputedBy } = shown;
  const label = nameInList(words, fact.subject);
  const textWith = (figure: string): string =>
    [
      figure,
      ...(yoyPercent === undefined ? [] : [formatChange(words, yoyPercent, 0)]),
      ...(disputedBy ? [words.say('fact.disputed')] : []),
    ].join(', ');
  const text = textWith(figureOf ? figureOf(words, fact) : figureBeside(words, fact));
  const basis = figureOf ? undefined : basisBrief(words, fact);
  const moves = basis !== undefined && displayWidth(`${label} ${text}`) > HALF_WIDTH;
  const mark = factMark(fact, stale);
  return {
    label,
    text: moves ? textWith(figureBeside(words, fact, ANY_BASIS)) : text,
    aside: factAside(words, fact, cardDay, moves ? basis : undefined),
    link: fact.source.url,
    ...(mark !== '' && { mark }),
  };
};

/** The row of a fact, and one for each figure that contradicts it, with its own source. */
export const rowsWithDisputes = (
  words: Translator,
  shown: ShownFact,
  cardDay: SessionDate,
  figureOf?: (words: Translator, fact: Fact) => string,
): Row[] => [
  factRow(words, shown, cardDay, figureOf),
  ...(shown.disputedBy ?? []).map((fact) =>
    factRow(words, { fact, stale: shown.stale, disputedBy: [shown.fact] }, cardDay, figureOf),
  ),
];
