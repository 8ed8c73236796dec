import { basename } from 'node:path';
import type { FactFault } from './fault.ts';
import { REVIEW_RULES, STRICT_RULES } from './lint.ts';
import { type FactFile, parseFactFiles } from './parse-fact-file.ts';

const SCHEMA_LINE = '# yaml-language-server: $schema=./schema.json';

/** What concerns a file rather than its facts. */
const fileFaults = ({ file, text }: FactFile): FactFault[] => {
  const faults: FactFault[] = [];
  if (!text.startsWith(`${SCHEMA_LINE}\n`))
    faults.push({
      file,
      line: 1,
      message: `the first line must be "${SCHEMA_LINE}", so that editors validate the file`,
    });
  const subject = /^subject: *(\S+)/m.exec(text)?.[1];
  if (subject !== undefined && subject !== basename(file, '.yaml'))
    faults.push({ file, line: 1, message: `contains the facts of ${subject}; rename it to ${subject}.yaml` });
  return faults;
};

/**
 * Checks fact files as a reviewer would: all that `loadFacts` refuses, and what only looks wrong (a leap without
 * a note, guidance whose history is cut). No fault means that the files may be merged. Sorted by file and line.
 */
export const checkFacts = (files: readonly FactFile[]): FactFault[] => {
  const parsed = files.map(parseFactFiles);
  const placed = parsed.flatMap(({ facts }) => facts);
  const faults = [
    ...files.flatMap(fileFaults),
    ...parsed.flatMap((it) => it.faults),
    ...[...STRICT_RULES, ...REVIEW_RULES].flatMap((rule) => rule(placed)),
  ];
  return faults.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
};
