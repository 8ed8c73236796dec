import type { MarkupEvents } from './inline-facts.ts';

/** Elements whose text is not part of a line of text around them. */
const BLOCKS = new Set(
  'address blockquote body br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table td th tr ul'.split(' '),
);

/** Elements that show nothing. */
const HIDDEN = new Set(['head', 'title', 'script', 'style', 'ix:header']);

/** The text of a document as read by a person: a string for each paragraph or cell, white space collapsed. */
export const createPlainText = (): MarkupEvents & { readonly paragraphs: () => readonly string[] } => {
  const done: string[] = [];
  let line = '';
  let hidden = 0;
  const endLine = (): void => {
    const text = line.replaceAll(/\s+/g, ' ').trim();
    if (text !== '') done.push(text);
    line = '';
  };
  return {
    open: (name) => {
      if (HIDDEN.has(name)) hidden += 1;
      else if (BLOCKS.has(name)) endLine();
    },
    text: (text) => {
      if (hidden === 0) line += text;
    },
    close: (name) => {
      if (HIDDEN.has(name)) hidden -= 1;
      else if (BLOCKS.has(name)) endLine();
    },
    paragraphs: () => {
      endLine();
      return done;
    },
  };
};
