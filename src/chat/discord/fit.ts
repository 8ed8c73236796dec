import type { Draft, DraftSection, Lines } from './draft.ts';

/** The texts of a message, one per text display, in reading order. */
export interface Texts {
  readonly title: string;
  readonly lead: string;
  readonly sections: readonly string[];
  readonly footer: string;
}

/** Sections shown each in its own text display; the rest share the last one, so that 40 components are never reached. */
const MOST_SECTIONS = 12;

/**
 * The most of a draft that fits into `budget` characters (UTF-16 units, all texts together). Leaves out, in this
 * order and always whole lines from the end: rows of the longest section, lead lines, sections, footer lines.
 * What was left out is said where it was. The same draft always fits the same way.
 */
export const fitTexts = (draft: Draft, budget: number): Texts => {
  let current = draft;
  let texts = textsOf(current);
  while (sizeOf(texts) > budget) {
    const smaller = shrink(current);
    if (smaller === undefined) break;
    current = smaller;
    texts = textsOf(current);
  }
  return texts;
};

const shrink = (draft: Draft): Draft | undefined => {
  const longest = longestSection(draft.sections);
  if (longest !== undefined) {
    return { ...draft, sections: draft.sections.map((each) => (each === longest ? { ...each, ...less(each) } : each)) };
  }
  if (draft.lead.lines.length > 1) return { ...draft, lead: less(draft.lead) };
  if (draft.sections.length > 0) {
    return { ...draft, sections: draft.sections.slice(0, -1), sectionsLeftOut: draft.sectionsLeftOut + 1 };
  }
  if (draft.footer.lines.length > 1) return { ...draft, footer: less(draft.footer) };
  return undefined;
};

const less = ({ lines, leftOut }: Lines): Lines => ({ lines: lines.slice(0, -1), leftOut: leftOut + 1 });

/** Of the sections that still show a row; the later of two that are equally long. */
const longestSection = (sections: readonly DraftSection[]): DraftSection | undefined => {
  let longest: DraftSection | undefined;
  let length = -1;
  for (const section of sections) {
    const own = sectionText(section).length;
    if (section.lines.length > 0 && own >= length) [longest, length] = [section, own];
  }
  return longest;
};

const textsOf = (draft: Draft): Texts => {
  const all = draft.sections.map(sectionText);
  const shared = all.slice(MOST_SECTIONS - 1);
  const sections = shared.length > 1 ? [...all.slice(0, MOST_SECTIONS - 1), shared.join('\n\n')] : all;
  return {
    title: `### ${draft.title}`,
    lead: linesText(draft.lead),
    sections: draft.sectionsLeftOut > 0 ? [...sections, more(draft.sectionsLeftOut)] : sections,
    footer: linesText(draft.footer)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `-# ${line}`)
      .join('\n'),
  };
};

const sectionText = (section: DraftSection): string =>
  [section.heading, linesText(section)].filter((part) => part !== '').join('\n');

const linesText = ({ lines, leftOut }: Lines): string => (leftOut > 0 ? [...lines, more(leftOut)] : lines).join('\n');

const more = (count: number): string => `… and ${count} more`;

const sizeOf = ({ title, lead, sections, footer }: Texts): number =>
  [title, lead, ...sections, footer].reduce((sum, text) => sum + text.length, 0);
