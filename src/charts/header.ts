import { MARGIN, TEXT, WIDTH } from './layout.ts';
import { dot, ring, TRIANGLE, text, triangle } from './markup.ts';
import { cutToWidth, textWidth } from './text-width.ts';
import type { Theme } from './theme.ts';

/** Baselines and distances of a heading, in picture units. */
const FIRST_BASELINE = 62;
const SECOND_BASELINE = 104;
const NUMBER_GAP = 26;
const TRIANGLE_GAP = 12;
/** Wider than any watched ticker; a wider one is cut. */
const MAX_NAME_WIDTH = 500;
const WORD_GAP = 14;
/** The middle of a dot, and the word after it, from where the two begin. */
const DOT_OFFSET = 6;
const KEY_RADIUS = 7;
const AFTER_DOT = 22;

/** A number of the first line. Sizes and weights of a line are the heading's. */
interface BigNumber {
  readonly label: string;
  readonly fill: string;
  readonly bold?: boolean;
  /** A drawn ▼ or ▲ before the number. */
  readonly points?: 'down' | 'up';
}

/** A word of the second line: a window, a peak, a day. */
export interface HeadingWord {
  readonly label: string;
  /** Default: muted. */
  readonly fill?: string;
  readonly strong?: boolean;
  /** The colour of a dot before the word, which is the key to the same dot in the picture. */
  readonly dot?: string;
  /** Whether that is a ring. */
  readonly hollow?: boolean;
}

export interface Heading {
  readonly name: string;
  /** Default: ink. */
  readonly nameFill?: string;
  readonly numbers?: readonly BigNumber[];
  /** At the right of the first line, if there is room. */
  readonly session?: string;
  /** What the percents mean, in marks that need no language: `252D`, the peak, its day. */
  readonly left?: readonly HeadingWord[];
  /** At the right of the second line, if there is room. */
  readonly right?: readonly HeadingWord[];
}

const numberWidth = ({ label, points }: BigNumber, size: number): number =>
  textWidth(label, size) + (points ? TRIANGLE.width + TRIANGLE_GAP : 0);

const keyOf = ({ dot: mark, hollow }: HeadingWord, x: number, theme: Theme): string =>
  mark === undefined ? '' : (hollow ? ring : dot)(x + DOT_OFFSET, SECOND_BASELINE - 10, mark, theme.ground, KEY_RADIUS);

const wordWidth = ({ label, dot: mark }: HeadingWord): number => textWidth(label, TEXT.mark) + (mark ? AFTER_DOT : 0);

const widthOf = (words: readonly HeadingWord[]): number =>
  words.reduce((sum, word, at) => sum + wordWidth(word) + (at > 0 ? WORD_GAP : 0), 0);

const firstLine = ({ name, nameFill, numbers = [], session = '' }: Heading, theme: Theme): string => {
  const room = WIDTH - 2 * MARGIN;
  const ticker = cutToWidth(name, TEXT.ticker, MAX_NAME_WIDTH);
  const tickerWidth = textWidth(ticker, TEXT.ticker);
  const numbersWidth = (size: number): number =>
    numbers.reduce((sum, number) => sum + NUMBER_GAP + numberWidth(number, size), 0);
  // Numbers of a long name shrink until they fit; the day goes first.
  let size: number = TEXT.number;
  while (size > TEXT.mark && tickerWidth + numbersWidth(size) > room) size -= 2;

  const row = [text(MARGIN, FIRST_BASELINE, ticker, { size: TEXT.ticker, fill: nameFill ?? theme.ink, bold: true })];
  let x = MARGIN + tickerWidth;
  for (const number of numbers) {
    x += NUMBER_GAP;
    if (x + numberWidth(number, size) > WIDTH - MARGIN) break;
    if (number.points) row.push(triangle(x, FIRST_BASELINE, number.fill, number.points));
    const left = number.points ? x + TRIANGLE.width + TRIANGLE_GAP : x;
    row.push(text(left, FIRST_BASELINE, number.label, { size, fill: number.fill, weight: number.bold ? 700 : 600 }));
    x += numberWidth(number, size);
  }
  if (session !== '' && WIDTH - MARGIN - textWidth(session, TEXT.mark) > x + NUMBER_GAP)
    row.push(text(WIDTH - MARGIN, FIRST_BASELINE - 2, session, { size: TEXT.mark, fill: theme.muted, anchor: 'end' }));
  return row.join('');
};

const styleOf = ({ fill, strong }: HeadingWord, theme: Theme) =>
  ({ size: TEXT.mark, fill: fill ?? theme.muted, weight: strong ? 600 : 500 }) as const;

const wordsFromLeft = (words: readonly HeadingWord[], theme: Theme): string => {
  let x = MARGIN;
  return words
    .map((word) => {
      const mark = keyOf(word, x, theme);
      const left = word.dot ? x + AFTER_DOT : x;
      x += wordWidth(word) + WORD_GAP;
      return mark + text(left, SECOND_BASELINE, word.label, styleOf(word, theme));
    })
    .join('');
};

/** The last word ends where the picture's other rows end, though its width is known only as an upper bound. */
const wordsFromRight = (words: readonly HeadingWord[], theme: Theme): string => {
  let x = WIDTH - MARGIN;
  return words
    .toReversed()
    .map((word) => {
      const right = x;
      x -= wordWidth(word) + WORD_GAP;
      const mark = keyOf(word, x + WORD_GAP, theme);
      return mark + text(right, SECOND_BASELINE, word.label, { ...styleOf(word, theme), anchor: 'end' });
    })
    .toReversed()
    .join('');
};

/** Two lines over a picture: whose it is and its numbers, then what they are measured from. */
export const heading = (parts: Heading, theme: Theme): string => {
  const { left = [], right = [] } = parts;
  const fitting = left.filter((_, at) => widthOf(left.slice(0, at + 1)) <= WIDTH - 2 * MARGIN);
  const rightStart = WIDTH - MARGIN - widthOf(right);
  const fits = rightStart >= (fitting.length === 0 ? MARGIN : MARGIN + widthOf(fitting) + NUMBER_GAP);
  return firstLine(parts, theme) + wordsFromLeft(fitting, theme) + (fits ? wordsFromRight(right, theme) : '');
};
