import stringWidth from 'string-width';
import { ENTRY_SEPARATOR } from './card.ts';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Width of a text in terminal columns. */
export const displayWidth = (text: string): number => stringWidth(text);

/** Pads with spaces to `width` columns; a wider text stays as it is. */
export const padToWidth = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)));

/** Cuts a word into pieces of at most `width` columns. */
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
 * Wraps to lines of at most `width` columns (2 or more). Breaks at spaces, or at ENTRY_SEPARATOR in a text that has it. An
 * entry wider than a line breaks at its spaces; a word wider than a line is cut.
 */
export const wrapToWidth = (text: string, width: number): string[] => {
  const gap = text.includes(ENTRY_SEPARATOR) ? ENTRY_SEPARATOR : ' ';
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
