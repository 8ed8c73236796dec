import type { types } from '@slack/bolt';
import { clipLine, oneLine } from '../plain-text.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * Look-alikes of the marks for bold, italic, strike and code. Slack has no escape for these four, so a name with an
 * asterisk would turn half a line bold.
 */
const LOOKALIKES: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' };

const ELLIPSIS = '…';

/** Replaces the characters of `what`, up to `max` UTF-16 units of the result. Never cuts an entity. */
const mapped = (text: string, max: number, what: RegExp, replace: (character: string) => string): string => {
  const whole = text.replaceAll(what, replace);
  if (whole.length <= max) return whole;
  const all = Array.from(text, replace);
  let used = ELLIPSIS.length;
  const fits = all.findIndex((piece) => {
    used += piece.length;
    return used > max;
  });
  return all.slice(0, fits).join('').trimEnd() + ELLIPSIS;
};

/** For the fallback text: escapes & < >, so that nothing is a mention or a link. Keeps line breaks. */
export const escapeText = (text: string, max: number): string =>
  mapped(text.toWellFormed(), max, /[&<>]/g, (character) => ENTITIES[character] ?? character);

/** Plain text for mrkdwn on one line: it cannot ping, link or format. `max` bounds the escaped length. */
export const inert = (text: string, max: number): string =>
  mapped(
    oneLine(text.toWellFormed()),
    max,
    /[&<>*_~`]/g,
    (character) => ENTITIES[character] ?? LOOKALIKES[character] ?? character,
  );

/** Plain text on one line for a `plain_text` object, which Slack does not parse. */
export const plain = (text: string, max: number): string => clipLine(text.toWellFormed(), max);

/** Longer URLs are left out, not cut. */
const MAX_URL_LENGTH = 1_000;

/** A link around text that is already inert; the text alone if the URL is not a usable http(s) one. */
export const linked = (address: string, label: string): string => {
  const url = URL.parse(address);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return label;
  const href = url.href.replaceAll('&', '&amp;').replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E');
  return href.length <= MAX_URL_LENGTH ? `<${href}|${label}>` : label;
};

/** A `plain_text` object. Slack refuses an empty text, which becomes an ellipsis. */
export const plainText = (text: string, max: number): types.PlainTextElement => ({
  type: 'plain_text',
  text: plain(text, max) || '…',
  emoji: false,
});
