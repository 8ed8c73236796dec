import type { OmittedRows } from '../../cards/omitted-rows.ts';
import type { Draft, DraftSection, Lines } from './draft.ts';

/** The texts of a message in reading order, one per text display. */
export interface Texts {
  readonly title: string;
  readonly lead: string;
  readonly sections: readonly string[];
  readonly footer: string;
}

/** Limits of a message. */
export interface Bounds {
  /** UTF-16 units of all texts together. */
  readonly characters: number;
  /** Sections with their own text display. The rest share the last one, to stay below 40 components. */
  readonly sections: number;
}

/**
 * Shortens a draft until it fits into the bounds. Leaves out whole lines from the end, in this order: rows of the longest
 * section (of its table if that is the longer part), lead lines, sections, footer lines. A note says what is missing.
 * Deterministic.
 */
export const fitTexts = (draft: Draft, { characters, sections }: Bounds, more: OmittedRows): Texts => {
  const wording: Wording = { more, sections };
  let current = draft;
  let texts = textsOf(current, wording);
  while (sizeOf(texts) > characters) {
    const smaller = shrink(current, more);
    if (smaller === undefined) break;
    current = smaller;
    texts = textsOf(current, wording);
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
    return { ...draft, sections: draft.sections.map((each) => (each === longest ? shortened(each) : each)) };
  }
  if (draft.lead.lines.length > 1) return { ...draft, lead: withoutLastLine(draft.lead) };
  if (draft.sections.length > 0) {
    return { ...draft, sections: draft.sections.slice(0, -1), sectionsLeftOut: draft.sectionsLeftOut + 1 };
  }
  if (draft.footer.lines.length > 1) return { ...draft, footer: withoutLastLine(draft.footer) };
  return undefined;
};

const withoutLastLine = ({ lines, leftOut }: Lines): Lines => ({ lines: lines.slice(0, -1), leftOut: leftOut + 1 });

const shortened = (section: DraftSection): DraftSection => {
  const { table } = section;
  const tableIsLonger = table !== undefined && lengthOf(table.lines) > lengthOf(section.lines);
  return tableIsLonger
    ? { ...section, table: { ...table, ...withoutLastLine(table) } }
    : { ...section, ...withoutLastLine(section) };
};

const lengthOf = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + line.length, 0);

/** The longest section that still has a row; of two equally long ones the later. */
const longestSection = (sections: readonly DraftSection[], more: OmittedRows): DraftSection | undefined => {
  let longest: DraftSection | undefined;
  let length = -1;
  for (const section of sections) {
    const ownLength = sectionText(section, more).length;
    const rows = section.lines.length + (section.table?.lines.length ?? 0);
    if (rows > 0 && ownLength >= length) [longest, length] = [section, ownLength];
  }
  return longest;
};

const textsOf = (draft: Draft, { more, sections: maxSections }: Wording): Texts => {
  const all = draft.sections.map((section) => sectionText(section, more));
  const shared = all.slice(maxSections - 1);
  const sections = shared.length > 1 ? [...all.slice(0, maxSections - 1), shared.join('\n\n')] : all;
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

/** Without any row, the head is left out too. */
const tableText = (table: DraftSection['table'], more: OmittedRows): string => {
  if (table === undefined) return '';
  if (table.lines.length === 0 && table.leftOut > 0) return more(table.leftOut);
  return ['```', table.head, ...table.lines, ...(table.leftOut > 0 ? [more(table.leftOut)] : []), '```'].join('\n');
};

const linesText = ({ lines, leftOut }: Lines, more: OmittedRows): string =>
  (leftOut > 0 ? [...lines, more(leftOut)] : lines).join('\n');

const sizeOf = ({ title, lead, sections, footer }: Texts): number =>
  [title, lead, ...sections, footer].reduce((sum, text) => sum + text.length, 0);
