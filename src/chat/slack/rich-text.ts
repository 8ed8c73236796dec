import type { types } from '@slack/bolt';

/**
 * Text that Slack shows as it was written: nothing in a rich text is parsed, so that `_`, `*`, `~`, backticks, `<!channel>`
 * and URLs stay what they are, also when they are copied.
 */
export type RichElement = types.RichTextText | types.RichTextLink | types.RichTextChannelMention;

/** Longer URLs are left out, not cut. */
const MAX_URL_LENGTH = 1_000;

export const words = (text: string): RichElement[] => (text === '' ? [] : [{ type: 'text', text }]);

export const bold = (text: string): RichElement[] =>
  text === '' ? [] : [{ type: 'text', text, style: { bold: true } }];

export const struck = (text: string): RichElement[] =>
  text === '' ? [] : [{ type: 'text', text, style: { strike: true } }];

/** A link; the label alone if the URL is not a usable http(s) one. */
export const linked = (address: string, label: string): RichElement[] => {
  const url = URL.parse(address);
  const usable = url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
  return usable && url.href.length <= MAX_URL_LENGTH && label !== ''
    ? [{ type: 'link', url: url.href, text: label }]
    : words(label);
};

const isPlain = (element: RichElement | undefined): element is types.RichTextText =>
  element?.type === 'text' && element.style === undefined;

/** The pieces with `separator` between them; neighbours without a style become one. */
export const joined = (pieces: readonly (readonly RichElement[])[], separator: string): RichElement[] => {
  const all = pieces.flatMap((piece, n) => [...(n > 0 ? words(separator) : []), ...piece]);
  const merged: RichElement[] = [];
  for (const element of all) {
    const before = merged.at(-1);
    if (isPlain(before) && isPlain(element)) merged.splice(-1, 1, { type: 'text', text: before.text + element.text });
    else merged.push(element);
  }
  return merged;
};

const lengthOf = (element: RichElement): number => {
  if (element.type === 'channel') return element.channel_id.length;
  return (element.text ?? '').length + (element.type === 'link' ? element.url.length : 0);
};

/** UTF-16 units of texts and addresses. */
export const richLength = (elements: readonly RichElement[]): number =>
  elements.reduce((sum, element) => sum + lengthOf(element), 0);

/** A block of text with line ends as they are. Slack refuses an empty one, which becomes an ellipsis. */
export const richBlock = (elements: readonly RichElement[]): types.RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: elements.length === 0 ? words('…') : [...elements] }],
});

/** The same in letters of one width. */
export const codeBlock = (text: string): types.RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: text === '' ? '…' : text }] }],
});
