import type { OmittedRows } from '../../cards/omitted-rows.ts';
import type { Draft, DraftSection, Lines } from './draft.ts';

/** The texts of a message, one per text display, in reading order. */
export interface Texts {
  readonly title: string;
  readonly lead: string;
  readonly sections: readonly string[];
  readonly footer: string;
}

/** What bounds a message. */
export interface Bounds {
  /** UTF-16 units, all texts together. */
  readonly characters: number;
  /** Sections shown each in its own text display; the rest share the last one, so that 40 components are never reached. */
  readonly sections: number;
}

/**
 * The most of a draft that fits into the bounds. Leaves out, in this order and always whole lines from the end: rows
 * of the longest section (of its table, where that is the longer part), lead lines, sections, footer lines.
 * What was left out is said where it was. The same draft always fits the same way.
 */
export const fitTexts = (draft: Draft, { characters, sections }: Bounds, more: OmittedRows): Texts => {
  const words: Wording = { more, sections };
  let current = draft;
  let texts = textsOf(current, words);
  while (sizeOf(texts) > characters) {
    const smaller = shrink(current, more);
    if (smaller === undefined) break;
    current = smaller;
    texts = textsOf(current, words);
  }
  return texts;
};

interface Wording {
  readonly more: OmittedRows;
  readonly sections: number;
}

const shrink = (draft: Draft, more: OmittedRows): Draft | undefined => {
  const longest = longestSection(draft.sections, more);
  if (longest !== undefined) {
    return { ...draft, sections: draft.sections.map((each) => (each === longest ? shorter(each) : each)) };
  }
  if (draft.lead.lines.length > 1) return { ...draft, lead: less(draft.lead) };
  if (draft.sections.length > 0) {
    return { ...draft, sections: draft.sections.slice(0, -1), sectionsLeftOut: draft.sectionsLeftOut + 1 };
  }
  if (draft.footer.lines.length > 1) return { ...draft, footer: less(draft.footer) };
  return undefined;
};

const less = ({ lines, leftOut }: Lines): Lines => ({ lines: lines.slice(0, -1), leftOut: leftOut + 1 });

const shorter = (section: DraftSection): DraftSection => {
  const { table } = section;
  const tableIsLonger = table !== undefined && lengthOf(table.lines) > lengthOf(section.lines);
  return tableIsLonger ? { ...section, table: { ...table, ...less(table) } } : { ...section, ...less(section) };
};

const lengthOf = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + line.length, 0);

/** Of the sections that still show a row; the later of two that are equally long. */
const longestSection = (sections: readonly DraftSection[], more: OmittedRows): DraftSection | undefined => {
  let longest: DraftSection | undefined;
  let length = -1;
  for (const section of sections) {
    const own = sectionText(section, more).length;
    const rows = section.lines.length + (section.table?.lines.length ?? 0);
    if (rows > 0 && own >= length) [longest, length] = [section, own];
  }
  return longest;
};

const textsOf = (draft: Draft, { more, sections: most }: Wording): Texts => {
  const all = draft.sections.map((section) => sectionText(section, more));
  const shared = all.slice(most - 1);
  const sections = shared.length > 1 ? [...all.slice(0, most - 1), shared.join('\n\n')] : all;
  return {
    title: `### ${draft.title}`,
    lead: linesText(draft.lead, more),
    sections: draft.sectionsLeftOut > 0 ? [...sections, more(draft.sectionsLeftOut)] : sections,
    footer: linesText(draft.footer, more)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `-# ${line}`)
      .join('\n'),
  };
};

const sectionText = (section: DraftSection, more: OmittedRows): string =>
  [section.heading, tableText(section.table, more), linesText(section, more)].filter((part) => part !== '').join('\n');

/** A table whose rows are all left out takes its head with it. */
const tableText = (table: DraftSection['table'], more: OmittedRows): string => {
  if (table === undefined) return '';
  if (table.lines.length === 0 && table.leftOut > 0) return more(table.leftOut);
  return ['```', table.head, ...table.lines, ...(table.leftOut > 0 ? [more(table.leftOut)] : []), '```'].join('\n');
};

const linesText = ({ lines, leftOut }: Lines, more: OmittedRows): string =>
  (leftOut > 0 ? [...lines, more(leftOut)] : lines).join('\n');

const sizeOf = ({ title, lead, sections, footer }: Texts): number =>
  [title, lead, ...sections, footer].reduce((sum, text) => sum + text.length, 0);
