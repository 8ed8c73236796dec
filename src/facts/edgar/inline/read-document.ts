import { Parser } from 'htmlparser2';
import { createInlineFacts, type InlineFact } from './inline-facts.ts';
import { createPlainText } from './plain-text.ts';

/** A document of a filing: a report with inline XBRL, or an exhibit, which has none. */
export interface FiledText {
  /** Amounts in dollars; empty without inline XBRL. */
  readonly facts: readonly InlineFact[];
  /** What a person reads: a string for each paragraph or cell. */
  readonly paragraphs: readonly string[];
}

/** Takes a document piece by piece. */
export interface DocumentReader {
  write(piece: string): void;
  /** Undefined if the document was cut off: its html element is not closed. */
  end(): FiledText | undefined;
}

/** Reads a document as it arrives, whatever its markup; the pieces may be cut anywhere. */
export const createDocumentReader = (): DocumentReader => {
  const inline = createInlineFacts();
  const text = createPlainText();
  const both = [inline, text];
  let isWhole = false;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        for (const it of both) it.open(name, attributes);
      },
      ontext: (piece) => {
        for (const it of both) it.text(piece);
      },
      onclosetag: (name, isImplied) => {
        for (const it of both) it.close(name);
        if (name === 'html' && !isImplied) isWhole = true;
      },
    },
    // Exhibits are plain HTML, reports XHTML: names in lower case, and a closed empty element is closed.
    { lowerCaseTags: true, lowerCaseAttributeNames: true, recognizeSelfClosing: true },
  );
  return {
    write: (piece) => parser.write(piece),
    end: () => {
      parser.end();
      return isWhole ? { facts: inline.facts(), paragraphs: text.paragraphs() } : undefined;
    },
  };
};
