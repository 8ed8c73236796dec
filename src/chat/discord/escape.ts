/**
 * Text from a card into Discord's markdown, so that it reads as written: no format, no link, no mention.
 *
 * discord.js's escapeMarkdown is not enough: it leaves quotes (`>`), subtext (`-#`), bare links, mentions and
 * timestamps (`<...>`), and a masked link that spans two pieces of text. Discord takes a backslash before any
 * ASCII punctuation for that character itself, so every character that can begin a format gets one.
 */
export const escapeText = (text: string): string =>
  tidy(text)
    .replaceAll(/[\\`*_~|<>[\]#]/g, '\\$&')
    .replaceAll('://', '\\://')
    .replace(/^[-+]/, '\\$&')
    .replace(/^(\d+)\.(?=\s|$)/, '$1\\.')
    // A backslash does not stop @everyone; a zero-width space after the sign does.
    .replaceAll('@', '@\u200b');

/** One line: control characters and line ends become a space, marks that reverse the reading direction go. */
export const tidy = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/\p{Bidi_Control}/gu, '')
    .trim();

/** The first `limit` characters at most, the last of them `…` where something was cut. Never halves a surrogate pair. */
export const clip = (text: string, limit: number): string => {
  const line = tidy(text);
  if (line.length <= limit) return line;
  let kept = '';
  for (const character of line) {
    if (kept.length + character.length > limit - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
};
