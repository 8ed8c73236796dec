/** The text on one line: control characters and line ends become a space, marks that reverse the reading direction go. */
export const oneLine = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/\p{Bidi_Control}/gu, '')
    .trim();

/** At most `max` UTF-16 units, cut with an ellipsis and never inside a surrogate pair. */
export const clip = (text: string, max: number): string => {
  if (text.length <= max) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > max - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
};

/** The text on one line with at most `max` UTF-16 units. */
export const clipLine = (text: string, max: number): string => clip(oneLine(text), max);
