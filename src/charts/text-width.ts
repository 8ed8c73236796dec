/**
 * Advance widths of Inter Bold in thousandths of the font size, rounded up (source: the font's hmtx table).
 * Lighter weights are narrower, so these are upper bounds for every weight.
 */
const GLYPH_WIDTHS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ...{ '0': 675, '1': 432, '2': 631, '3': 647, '4': 677, '5': 623, '6': 650, '7': 583, '8': 652, '9': 650 },
    ...{ '.': 335, ',': 335, ':': 335, '-': 469, '−': 680, '+': 680, '^': 488, '%': 1017, ' ': 268 },
    ...{ '/': 389, $: 655, '=': 679, '–': 500, '→': 955, '÷': 680, '<': 680, '>': 680 },
    ...{ A: 748, B: 663, C: 741, D: 723, E: 608, F: 590, G: 751, H: 748, I: 282, J: 585, K: 720, L: 566, M: 933 },
    ...{ N: 763, O: 772, P: 649, Q: 778, R: 658, S: 656, T: 668, U: 741, V: 748, W: 1039, X: 739, Y: 732, Z: 665 },
  }),
);

/** Width of a glyph that is not in the table, in thousandths: wider than any in it. */
const UNKNOWN_GLYPH_WIDTH = 1500;

/** Upper bound of the width of `label` at `size`, both in picture units. */
export const textWidth = (label: string, size: number): number => {
  let thousandths = 0;
  for (const character of label) thousandths += GLYPH_WIDTHS.get(character) ?? UNKNOWN_GLYPH_WIDTH;
  return (thousandths * size) / 1000;
};

/** Upper bound of the width of the widest label, in picture units; 0 for none. */
export const widestOf = (labels: readonly string[], size: number): number =>
  Math.max(0, ...labels.map((label) => textWidth(label, size)));

/** The leading characters of `label` that fit into `width`, normally all of them. */
export const cutToWidth = (label: string, size: number, width: number): string => {
  const characters = [...label];
  while (characters.length > 0 && textWidth(characters.join(''), size) > width) characters.pop();
  return characters.join('');
};
