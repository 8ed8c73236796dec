import { oneLine } from '../plain-text.ts';

/** Longer URLs would use up the 4,000 characters of a message; such a row is shown without its link. */
const MAX_URL_LENGTH = 500;

/**
 * Escapes text for Discord's markdown, so that it reads as written: no format, no link, no mention.
 *
 * discord.js's escapeMarkdown is not enough: it leaves quotes (`>`), subtext (`-#`), bare links, mentions and timestamps
 * (`<...>`), and a masked link that spans two pieces of text. Discord reads a backslash before any ASCII punctuation as
 * that character itself, so every character that can begin a format is escaped.
 */
export const escapeText = (text: string): string =>
  oneLine(text)
    .replaceAll(/[\\`*_~|<>[\]#]/g, '\\$&')
    .replaceAll('://', '\\://')
    .replace(/^[-+]/, '\\$&')
    .replace(/^(\d+)\.(?=\s|$)/, '$1\\.')
    // A backslash does not stop @everyone; a zero-width space after the sign does.
    .replaceAll('@', '@\u200b');

/** The same for text that goes on from other text on its line: its first space stays. */
export const escapeTail = (text: string): string => (/^\s/.test(text) ? ' ' : '') + escapeText(text);

/** `[label](url)` for an https URL that fits into a masked link, otherwise the label alone. Both are plain text. */
export const maskedLink = (label: string, url: string | undefined): string => {
  const target = url === undefined ? undefined : safeUrl(url);
  return target === undefined ? escapeText(label) : `[${escapeText(label)}](${target})`;
};

const safeUrl = (text: string): string | undefined => {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined;
  const href = url.href.replaceAll(/[()<>[\]|*`\\]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return href.length > MAX_URL_LENGTH ? undefined : href;
};
