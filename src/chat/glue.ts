/** A space at which no line breaks. */
const HARD_SPACE = '\u00a0';

/** The longest piece that is kept on one line: what fits into the narrowest card. */
const MAX_GLUED = 36;

/** A number with its sign and unit, and no punctuation behind it: "$784", "19", "−7.0%", "7,840억". */
const NUMBER = /^[(\u2212+\-$]*\d[^\s]*(?<![,.:;)])$/u;
const TICKER = /^\^?[A-Z]{1,6}$/;
const FIGURE = /^[(\u2212+\-$]*\d/u;

const MONTHS = /^\p{Lu}\p{L}{2,3}(?:\u2013\p{Lu}\p{L}{2,3})?$/u;
const YEAR = /^(?:19|20)\d\d[^\p{L}\d]*$/u;

const belongTogether = (before: string, after: string): boolean =>
  (NUMBER.test(before) && /^[\p{L}\d]/u.test(after)) ||
  (TICKER.test(before) && FIGURE.test(after)) ||
  (MONTHS.test(before) && YEAR.test(after));

/** No line breaks after the dash of a range: "Jan–Mar". */
const gluedRange = (text: string): string => text.replaceAll(/(?<=[\p{L}\d])\u2013(?=[\p{L}\d])/gu, '\u2013\u2060');

/** The text as one piece, if it is short enough for a line. */
export const glued = (text: string): string =>
  text.length <= MAX_GLUED ? gluedRange(text.replaceAll(' ', HARD_SPACE)) : gluedNumbers(text);

/** The first half of a row as two pieces, and what stands between them. */
interface Half {
  readonly label: string;
  readonly text: string;
  readonly between: string;
}

/** The first half of a row: one piece if it is short enough for a line. */
export const gluedHalf = (label: string, text: string): Half => {
  if (label === '' || text === '') return { label: glued(label), text: glued(text), between: '' };
  if (`${label} ${text}`.length <= MAX_GLUED) return { label: glued(label), text: glued(text), between: HARD_SPACE };
  return { label: glued(label), text: gluedNumbers(text), between: ' ' };
};

/**
 * The text with hard spaces between a number and what it counts, the parts of a date, and a ticker and its figure, so that
 * these never part at the end of a line. Several spaces in a row separate entries and stay as they are.
 */
export const gluedNumbers = (text: string): string => {
  const tokens = text.split(' ');
  let piece = 0;
  return tokens.reduce((line, token, at) => {
    if (at === 0) {
      piece = token.length;
      return token;
    }
    const isGlued = belongTogether(tokens[at - 1] ?? '', token) && piece + 1 + token.length <= MAX_GLUED;
    piece = isGlued ? piece + 1 + token.length : token.length;
    return `${line}${isGlued ? HARD_SPACE : ' '}${token}`;
  }, '');
};
