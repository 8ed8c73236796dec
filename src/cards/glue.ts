import type { Row } from './card.ts';
import { displayWidth } from './display-width.ts';

/** A space at which no line breaks. */
const HARD_SPACE = '\u00a0';

/** The widest piece that is kept on one line, in columns: what fits into the narrowest card. */
const MAX_GLUED = 34;

/** The same where a picture of the sender takes some of the width. */
export const BESIDE_SENDER = 30;

/** A number with its sign and unit, and no punctuation behind it: "$784", "19", "−7.0%", "7,840억". */
const NUMBER = /^[(\u2212+\-$]*\d[^\s]*(?<![,.:;)])$/u;
const TICKER = /^\^?[A-Z]{1,6}$/;
const FIGURE = /^[(\u2212+\-$]*\d/u;
/** What joins two numbers: "4 of 4", "3 to 1", "4곳 중 3곳". */
const JOINT = /^(?:of|to|for|중)$/u;

/** The sign of a link. */
const ARROW = '↗';

const MONTHS = /^\p{Lu}\p{L}{2,3}(?:\u2013\p{Lu}\p{L}{2,3})?$/u;
const YEAR = /^(?:19|20)\d\d[^\p{L}\d]*$/u;

/** Of "New York", where the exchange is. */
const CITY = /^York\b/u;

/** Whether `tokens[at]` stays with the one before it. */
const belongsToBefore = (tokens: readonly string[], at: number): boolean => {
  const [first = '', before = '', token = ''] = [tokens[at - 2], tokens[at - 1], tokens[at]];
  return (
    (NUMBER.test(before) && /^[\p{L}\d]/u.test(token)) ||
    (TICKER.test(before) && FIGURE.test(token)) ||
    (MONTHS.test(before) && YEAR.test(token)) ||
    token === ARROW ||
    (before === 'New' && CITY.test(token)) ||
    (NUMBER.test(first) && JOINT.test(before) && FIGURE.test(token))
  );
};

/**
 * No line breaks after the dash of a range, "Jan–Mar", or the hyphen behind a number, "20-session"; nor, as it may between any two
 * signs of Hangul, behind a number, "23.6%로", "9월 4일".
 */
export const gluedRanges = (text: string): string =>
  text.replaceAll(/(?<=[\p{L}\d])\u2013(?=[\p{L}\d])|(?<=\d)-(?=\p{L})|[\d%](?=\p{Script=Hangul})/gu, '$&\u2060');

const fitsLine = (text: string, room: number): boolean => displayWidth(text) <= room;

/** The text as one piece, if it is short enough for a line. */
export const gluedWhole = (text: string, room = MAX_GLUED): string =>
  fitsLine(text, room) ? gluedRanges(text.replaceAll(' ', HARD_SPACE)) : gluedNumbers(text);

/** The first half of a row as two pieces, and what stands between them. */
interface Half {
  readonly label: string;
  readonly text: string;
  readonly between: string;
}

/** The first half of a row: one piece if it is short enough for a line. */
const gluedHalf = (label: string, text: string, room: number): Half => {
  const pieces = { label: gluedWhole(label, room), text: gluedWhole(text, room) };
  if (label === '' || text === '') return { ...pieces, between: '' };
  if (fitsLine(`${label} ${text}`, room)) return { ...pieces, between: HARD_SPACE };
  return { ...pieces, text: gluedNumbers(text), between: ' ' };
};

/** A row in its two halves, between which a narrow card breaks it: "Alphabet", "$13.2B capex, +91%" and "Apr–Jun · 23 Jul ↗". */
export interface Halves extends Half {
  /** What stands before the second half; empty without one. */
  readonly separator: string;
  /** The second half, which is the link if the row has one. */
  readonly source: string;
  /** What stands behind both, with its space. */
  readonly mark: string;
}

/** The halves of a row whose texts are clipped. `aside`: what the platform has room for; `room`: columns of a line. */
export const halvesOf = (
  { label, text, link, mark }: Omit<Row, 'aside' | 'asideInFull'>,
  aside = '',
  room = MAX_GLUED,
): Halves => {
  const source = gluedWhole(link === undefined ? aside : `${aside} ${ARROW}`.trim(), room);
  // What is no link and does not go on from the figures needs a sign of its own, which begins no line.
  const between = link === undefined && !text.endsWith(',') ? `${HARD_SPACE}· ` : ' ';
  const isAlone = source === '' || (label === '' && text === '');
  return {
    ...gluedHalf(label, text, room),
    separator: isAlone ? '' : between,
    source,
    mark: mark === undefined ? '' : ` ${mark}`,
  };
};

/**
 * The text with hard spaces between a number and what it counts, the parts of a date, and a ticker and its figure, and with
 * ranges kept whole, so that these never part at the end of a line. Several spaces in a row separate entries and stay as they are.
 */
export const gluedNumbers = (text: string): string => {
  const tokens = text.split(' ');
  let piece = 0;
  const line = tokens.reduce((before, token, at) => {
    const width = displayWidth(token);
    const isGlued = at > 0 && belongsToBefore(tokens, at) && piece + 1 + width <= MAX_GLUED;
    piece = isGlued ? piece + 1 + width : width;
    return at === 0 ? token : `${before}${isGlued ? HARD_SPACE : ' '}${token}`;
  }, '');
  return gluedRanges(line);
};
