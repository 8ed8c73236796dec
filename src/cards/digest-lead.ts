import { formatPrice } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatDate, formatFullDate, formatWeekday } from '../i18n/dates.ts';
import { nameInList, sayOr, symbolInList } from '../i18n/names.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import type { Move, SessionDigest } from '../stories/digest-story.ts';
import { readingMark } from './price-reading.ts';

const changeOf = ({ price, previous }: Move): number => changePercent(price, previous, 2);

/** "Nasdaq −3.64%, its worst day since 7 Oct 2022". */
const moveText = (words: Translator, move: Move): string => {
  const percent = changeOf(move);
  const plain = words.say('digest.move', { name: symbolInList(words, move), change: formatChange(words, percent, 2) });
  if (move.since === undefined) return plain;
  const kind = percent < 0 ? 'worst' : 'best';
  return move.since === null
    ? words.say(`digest.${kind}_record`, { move: plain, date: formatFullDate(words, move.recordFrom ?? '') })
    : words.say(`digest.${kind}_since`, { move: plain, date: formatFullDate(words, move.since) });
};

/** "▼ Wed 24 Jul: Nasdaq −3.64%, its worst day since 7 Oct 2022". */
export const digestTitle = (words: Translator, story: SessionDigest): string => {
  const { session, headline, quiet } = story;
  const day = formatWeekday(words, session, session, 'short');
  if (!headline) return words.say('digest.title_closes', { day });
  const move = moveText(words, headline);
  return quiet
    ? words.say('digest.title_quiet', { day, move })
    : words.say('digest.title', { mark: readingMark(changeOf(headline)), day, move });
};

/** A small number as a word, where the language writes it so: "eight". */
const numberWithin = (words: Translator, count: number): string =>
  sayOr(words, `number-within.${count}`, formatNumber(words.language, count, {}));

const breadthText = (words: Translator, { fell, rose, of }: SessionDigest['breadth']): string[] => {
  if (of < 2) return [];
  if (fell === of) return [words.say('digest.all_fell', { of: numberWithin(words, of) })];
  if (rose === of) return [words.say('digest.all_rose', { of: numberWithin(words, of) })];
  return [words.say('digest.breadth', { fell, rose })];
};

/** The largest move if the title has the index, or the index if it has a company; and how many fell. */
const besideLine = (words: Translator, { beside, breadth }: SessionDigest): string[] => {
  const parts = [
    ...(beside ? [words.say('digest.sentence', { text: moveText(words, beside) })] : []),
    ...breadthText(words, breadth),
  ];
  return parts.length === 0 ? [] : [parts.join(' ')];
};

/** Symbols without a close that day, with their last one; those whose close waits for its confirmation by themselves. */
const missingLines = (words: Translator, { rows, session, awaited }: SessionDigest): string[] => {
  const listed = (unconfirmed: boolean) =>
    rows
      .filter((row) => !row.close && (row.unconfirmed ?? false) === unconfirmed)
      .map((row) => {
        const { last, unit } = row;
        const name = symbolInList(words, row);
        if (!last) return words.say('digest.never', { name });
        return words.say('digest.last', {
          name,
          price: formatPrice(words, last.price, unit),
          date: formatDate(words, last.session, session),
        });
      });
  const lineOf = (key: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [words.say(`digest.${key}`, { names: names.join(', ') })];
  return [
    ...(awaited === undefined ? [] : [words.say('digest.awaited', { date: formatDate(words, awaited, session) })]),
    ...lineOf('unconfirmed', listed(true)),
    ...lineOf('missing', listed(false)),
  ];
};

/** "Nasdaq +0.12% at 17,342.41. No alerts and no new figures. Next to report: Alphabet, Tesla, Tue 30 Jul." */
const quietLine = (words: Translator, story: SessionDigest): string => {
  const { beside, reports = [], session } = story;
  const first = reports[0];
  const names = reports.filter(({ day }) => day === first?.day).map(({ symbol }) => nameInList(words, symbol));
  const next = first && { names: names.join(', '), date: formatWeekday(words, first.day, session, 'short') };
  return [
    ...(beside ? [words.say('digest.sentence', { text: moveText(words, beside) })] : []),
    words.say('digest.nothing'),
    ...(next ? [words.say('digest.next', next)] : []),
  ].join(' ');
};

export const digestLead = (words: Translator, story: SessionDigest): string[] => [
  ...(story.quiet ? [quietLine(words, story)] : besideLine(words, story)),
  ...missingLines(words, story),
  ...(story.late ? [words.say('digest.late')] : []),
];
