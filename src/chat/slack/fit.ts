import { limits } from './limits.ts';

/** A section while it is being fitted: its rows are finished mrkdwn lines. */
export interface SectionText {
  readonly head: string;
  readonly rows: readonly string[];
  /** Rows left out at the end. */
  readonly dropped: number;
}

/** The section as one text; says how many rows were left out. */
export const sectionText = ({ head, rows, dropped }: SectionText): string =>
  [...(head === '' ? [] : [head]), ...rows, ...(dropped > 0 ? [`… and ${dropped} more`] : [])].join('\n');

const shorter = (section: SectionText): SectionText => ({
  ...section,
  rows: section.rows.slice(0, -1),
  dropped: section.dropped + 1,
});

const withinSection = (section: SectionText): SectionText => {
  let fitting = section;
  while (sectionText(fitting).length > limits.section && fitting.rows.length > 0) fitting = shorter(fitting);
  return fitting;
};

/** Index of the longest section that still has a row to give; the later one of two equals; -1 where none has. */
const longest = (sections: readonly SectionText[]): number =>
  sections.reduce((best, section, index) => {
    if (section.rows.length === 0) return best;
    const rival = sections[best];
    return rival === undefined || sectionText(section).length >= sectionText(rival).length ? index : best;
  }, -1);

/** Without the last section, whose rows are counted as dropped by the one before it. */
const withoutLast = (sections: readonly SectionText[]): SectionText[] => {
  const kept = sections.slice(0, -1);
  const last = sections.at(-1);
  const before = kept.at(-1);
  if (last === undefined || before === undefined) return kept;
  const dropped = before.dropped + last.rows.length + last.dropped;
  return kept.with(-1, withinSection({ ...before, dropped }));
};

/**
 * The sections, cut until `fits` says the message is small enough: first each to Slack's limit of one section,
 * then row by row from the end of the longest, and at last whole sections from the end.
 */
export const fitSections = (
  all: readonly SectionText[],
  fits: (sections: readonly SectionText[]) => boolean,
): readonly SectionText[] => {
  let sections = all.map(withinSection);
  while (sections.length > limits.blocks) sections = withoutLast(sections);
  while (!fits(sections) && sections.length > 0) {
    // Above this many sections the blocks are too many, whatever their rows: header, lead, picture, footer.
    const index = sections.length > limits.blocks - 4 ? -1 : longest(sections);
    const section = sections[index];
    sections = index < 0 || section === undefined ? withoutLast(sections) : sections.with(index, shorter(section));
  }
  return sections;
};
