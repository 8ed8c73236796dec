import { formatPrice } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatDate, formatFullDate, formatWeekday } from '../i18n/dates.ts';
import { grammaticalCount, nameInList, nameInTitle, sayOr, symbolInList } from '../i18n/names.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent, depthBelow, formatChange } from '../i18n/percent.ts';
import type { Move, SessionDigest } from '../stories/digest-story.ts';

const changeOf = ({ price, previous }: Move): number => changePercent(price, previous);

/** "Nasdaq −3.6%". */
const moveText = (words: Translator, move: Move): string =>
  words.say('digest.move', { name: symbolInList(words, move), change: formatChange(words, changeOf(move)) });

/** "Wed 24 Jul: Nasdaq −3.6%". */
export const digestTitle = (words: Translator, { session, headline, quiet }: SessionDigest): string => {
  const day = formatWeekday(words, session, session, 'short');
  if (!headline) return words.say('digest.title_closes', { day });
  return quiet
    ? words.say('digest.title_quiet', { day })
    : words.say('digest.title', { day, move: moveText(words, headline) });
};

/** A small number as a word, where the language writes it so: "eight". */
const numberWithin = (words: Translator, count: number): string =>
  sayOr(words, `number-within.${count}`, formatNumber(words.language, count, {}));

const breadthText = (words: Translator, { fell, rose, of }: SessionDigest['breadth']): string | undefined => {
  if (of < 2) return undefined;
  if (fell === of) return words.say('digest.all_fell', { of: numberWithin(words, of) });
  if (rose === of) return words.say('digest.all_rose', { of: numberWithin(words, of) });
  return words.say('digest.breadth', { fell, rose });
};

/** How many fell, and the largest move if the title has the index, or the index if it has a company. */
const breadthLine = (words: Translator, { beside, breadth }: SessionDigest): string[] => {
  const counts = breadthText(words, breadth);
  if (!beside) return counts === undefined ? [] : [words.say('digest.sentence', { text: counts })];
  if (counts === undefined) return [words.say('digest.sentence', { text: moveText(words, beside) })];
  const { fell, rose, of } = breadth;
  const isMost = beside.unit === 'usd' && (changeOf(beside) < 0 ? fell : rose) === of;
  return [
    words.say(isMost ? 'digest.breadth_most' : 'digest.breadth_move', {
      counts,
      name: symbolInList(words, beside),
      change: formatChange(words, changeOf(beside)),
    }),
  ];
};

/** "Nasdaq: its worst day since 7 Oct 2022." */
const sinceLine = (words: Translator, move: Move | undefined): string[] => {
  if (move?.since === undefined) return [];
  const kind = changeOf(move) < 0 ? 'worst' : 'best';
  const name = symbolInList(words, move);
  return [
    move.since === null
      ? words.say(`digest.${kind}_record`, { name, date: formatFullDate(words, move.recordFrom ?? '') })
      : words.say(`digest.${kind}_since`, { name, date: formatFullDate(words, move.since) }),
  ];
};

/** How far the title's symbol is below its peak. */
const depthLine = (words: Translator, { headline, rows }: SessionDigest): string[] => {
  const row = rows.find(({ symbol }) => symbol === headline?.symbol);
  if (!row?.close || row.close.price >= row.close.peak.price) return [];
  const { price, peak } = row.close;
  return [
    words.say('digest.below', {
      name: nameInTitle(words, row),
      count: grammaticalCount(row),
      depth: depthBelow(words, price, peak.price),
    }),
  ];
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

/** "Nvidia −1.6%, Nasdaq +0.2%. No alerts and no new figures. Next to report: Alphabet, Tesla, Tue 30 Jul." */
const quietLine = (words: Translator, story: SessionDigest): string => {
  const { headline, beside, reports = [], session } = story;
  const first = reports[0];
  const names = reports.filter(({ day }) => day === first?.day).map(({ symbol }) => nameInList(words, symbol));
  const next = first && { names: names.join(', '), date: formatWeekday(words, first.day, session, 'short') };
  const moves = [headline, beside].flatMap((move) => (move ? moveText(words, move) : []));
  return [
    ...(moves.length > 0 ? [words.say('digest.sentence', { text: moves.join(', ') })] : []),
    words.say('digest.nothing'),
    ...(next ? [words.say('digest.next', next)] : []),
  ].join(' ');
};

export const digestLead = (words: Translator, story: SessionDigest): string[] => [
  ...(story.quiet
    ? [quietLine(words, story)]
    : [
        ...breadthLine(words, story),
        ...sinceLine(words, story.headline),
        ...sinceLine(words, story.beside),
        ...depthLine(words, story),
      ]),
  ...missingLines(words, story),
  ...(story.late ? [words.say('digest.late')] : []),
];
