/** Drawn two columns wide in a terminal: Hangul, kana, ideographs, full-width forms, most emoji. */
const WIDE =
  /^(?:[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}|[\u{20000}-\u{3FFFD}])/u;

const INVISIBLE = /^[\p{Mark}\p{Control}\p{Format}]+$/u;

/** Between the entries of a list on one line, such as a roll-up's. */
const WIDE_GAP = '   ';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Columns that a text takes in a terminal. */
export const displayWidth = (text: string): number => {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    if (INVISIBLE.test(segment)) continue;
    width += WIDE.test(segment) ? 2 : 1;
  }
  return width;
};

/** Fills up with spaces to `width` columns; a longer text stays as it is. */
export const padToWidth = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)));

/** A word that is wider than a line, in pieces that are not. */
const cutToWidth = (word: string, width: number): string[] => {
  if (displayWidth(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of graphemes.segment(word)) {
    if (piece !== '' && displayWidth(piece + segment) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += segment;
  }
  return [...pieces, piece];
};

/**
 * Lines of at most `width` columns (2 or more). Breaks at plain spaces, or, in a text whose entries stand three spaces
 * apart, between those; what is wider than a line by itself is broken at its spaces, or cut.
 */
export const wrapToWidth = (text: string, width: number): string[] => {
  const gap = text.includes(WIDE_GAP) ? WIDE_GAP : ' ';
  const lines: string[] = [];
  let line = '';
  const breakUp = gap === ' ' ? cutToWidth : wrapToWidth;
  for (const piece of text.split(gap).flatMap((part) => breakUp(part, width))) {
    const longer = line === '' ? piece : `${line}${gap}${piece}`;
    if (line !== '' && displayWidth(longer) > width) {
      lines.push(line);
      line = piece;
    } else {
      line = longer;
    }
  }
  lines.push(line);
  return lines.map((each) => each.trimEnd());
};
