/** Ends of sentences: a stop before a space and a capital, a bracket or a quotation mark; "U.S. dollars" has none. */
const ENDS = /(?<=[.!?][)”"]?)\s+(?=[A-Z“"(•*])/;

/** An abbreviation before an end, which is none then. */
const ABBREVIATED = /\b(?:U\.S|Inc|Corp|No|vs|approx|e\.g|i\.e|Mr|Ms)\.$/;

/** The sentences of a paragraph. */
export const sentencesOf = (paragraph: string): readonly string[] => {
  const sentences: string[] = [];
  for (const piece of paragraph.split(ENDS)) {
    const before = sentences.at(-1);
    if (before !== undefined && ABBREVIATED.test(before)) sentences[sentences.length - 1] = `${before} ${piece}`;
    else sentences.push(piece);
  }
  return sentences.map((it) => it.trim()).filter((it) => it !== '');
};
