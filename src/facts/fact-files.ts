import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { displayPath } from '../util/read-config.ts';
import type { Fact } from './fact.ts';
import { type FactFault, FactsError } from './fact-fault.ts';
import { REVIEW_RULES, STRICT_RULES } from './lint.ts';
import { type FactFile, parseFactFile } from './parse-fact-file.ts';

const SCHEMA_LINE = '# yaml-language-server: $schema=./schema.json';

/**
 * Reads the fact files of a folder, in the order of their names.
 * @throws FactsError if the folder cannot be read or holds no fact file.
 */
export const readFactFiles = (dir: string): FactFile[] => {
  const missing = (what: string): FactsError =>
    new FactsError([{ file: displayPath(dir), line: 1, message: `${what}; restore config/facts from the repository` }]);
  let names: string[];
  try {
    names = readdirSync(dir).filter((name) => name.endsWith('.yaml'));
  } catch {
    throw missing('the facts folder cannot be read');
  }
  if (names.length === 0) throw missing('the folder has no fact files');
  return names
    .sort()
    .map((name) => ({ file: displayPath(join(dir, name)), text: readFileSync(join(dir, name), 'utf8') }));
};

/**
 * Reads all facts of a folder, checked and resolved.
 * @throws FactsError with every fault of every file, one line each: file, line, what is wrong, what to do.
 */
export const loadFacts = (dir: string): Fact[] => {
  const parsed = readFactFiles(dir).map(parseFactFile);
  const placed = parsed.flatMap(({ facts }) => facts);
  const faults = [...parsed.flatMap((it) => it.faults), ...STRICT_RULES.flatMap((rule) => rule(placed))];
  if (faults.length > 0) throw new FactsError(faults);
  return placed.map(({ fact }) => fact);
};

/** Faults of a file as a whole: its schema line and its name. */
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
 * Checks fact files for review: everything that `loadFacts` rejects, and figures that only look wrong (a jump without a
 * note, guidance that names no predecessor). Without faults the files may be merged. Sorted by file and line.
 */
export const checkFacts = (files: readonly FactFile[]): FactFault[] => {
  const parsed = files.map(parseFactFile);
  const placed = parsed.flatMap(({ facts }) => facts);
  const faults = [
    ...files.flatMap(fileFaults),
    ...parsed.flatMap((it) => it.faults),
    ...[...STRICT_RULES, ...REVIEW_RULES].flatMap((rule) => rule(placed)),
  ];
  return faults.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
};
