const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * Marks that Slack reads as bold, italic, strike and code, and the letters that look like them. Slack has no
 * escape for these four, so that a name with an asterisk would otherwise turn half a line bold.
 */
const lookalikes: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' };

const ELLIPSIS = '…';

/** One line: without the control characters that could end it, or turn its direction. */
const flat = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/\p{Bidi_Control}/gu, '')
    .trim();

/** At most `max` code units, cut with an ellipsis and never inside a surrogate pair. */
export const clip = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const head = text.slice(0, max - ELLIPSIS.length);
  return head.replace(/[\uD800-\uDBFF]$/, '').trimEnd() + ELLIPSIS;
};

/** Text with each character replaced by `replace`, at most `max` code units of the result, entities kept whole. */
const mapped = (text: string, max: number, replace: (character: string) => string): string => {
  const all = Array.from(text, replace);
  if (all.reduce((sum, piece) => sum + piece.length, 0) <= max) return all.join('');
  let used = ELLIPSIS.length;
  const fits = all.findIndex((piece) => {
    used += piece.length;
    return used > max;
  });
  return all.slice(0, fits).join('').trimEnd() + ELLIPSIS;
};

/** For the fallback text: & < > escaped as Slack asks, so that nothing in it is a mention or a link. Keeps line breaks. */
export const escapeText = (text: string, max: number): string =>
  mapped(text.toWellFormed(), max, (character) => entities[character] ?? character);

/** Plain text made safe inside mrkdwn: it can neither ping, link nor format. `max` bounds the escaped length. */
export const inert = (text: string, max: number): string =>
  mapped(flat(text), max, (character) => entities[character] ?? lookalikes[character] ?? character);

/** Plain text for a `plain_text` object, which Slack never parses; one line. */
export const plain = (text: string, max: number): string => clip(flat(text), max);

/** Longer addresses are left out rather than cut. */
const MAX_ADDRESS = 1_000;

/** A link around text that is already inert; the text alone where the address is no usable http(s) address. */
export const linked = (address: string, label: string): string => {
  const url = URL.parse(address);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return label;
  const href = url.href.replaceAll('&', '&amp;').replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E');
  return href.length <= MAX_ADDRESS ? `<${href}|${label}>` : label;
};
