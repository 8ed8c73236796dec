import type { types } from '@slack/bolt';

const ofElement = (element: object): string =>
  'text' in element && typeof element.text === 'string' ? element.text : '';

const ofRichText = ({ elements }: types.RichTextBlock): string =>
  elements
    .flatMap((part) => (part.type === 'rich_text_list' ? part.elements : [part]))
    .map(({ elements: inner }) => inner.map(ofElement).join(''))
    .join('\n');

const ofCell = (cell: types.TableBlock['rows'][number][number]): string =>
  cell?.type === 'rich_text' ? ofRichText(cell) : ofElement(cell ?? {});

/** What people read in a block, and get when they copy it. Throws for a text that Slack parses, but for a group's ping. */
export const shownText = (block: types.KnownBlock): string => {
  if (block.type === 'rich_text') return ofRichText(block);
  if (block.type === 'section' && block.text?.type === 'mrkdwn') {
    if (/^<!subteam\^[A-Z0-9]+>$/.test(block.text.text)) return '';
    throw new Error(`Slack parses ${block.text.text}`);
  }
  if (block.type === 'header' || block.type === 'section') return block.text?.text ?? '';
  if (block.type === 'context') return block.elements.map(ofElement).join('\n');
  if (block.type === 'table') return block.rows.map((cells) => cells.map(ofCell).join(' ')).join('\n');
  return '';
};
