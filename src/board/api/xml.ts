/** What XML 1.0 has no place for, not even escaped: most control characters, halves of pairs, two that are no characters. */
const NOT_IN_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // A parser makes one line break of it.
  '\r': '&#13;',
};

/** A text for the content of an element or for an attribute in quotes. What XML has no place for becomes U+FFFD. */
export const xmlText = (text: string): string =>
  text.replace(NOT_IN_XML, '\u{FFFD}').replace(/[&<>"'\r]/g, (character) => ESCAPES[character] ?? '');
