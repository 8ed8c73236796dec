import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { displayPath, root } from '../util/read-config.ts';
import { type Companies, loadCompanies } from './companies.ts';
import type { Fact } from './fact.ts';
import { type FactFault, FactsError } from './fact-fault.ts';
import { REVIEW_RULES, STRICT_RULES } from './lint.ts';
import { type FactFile, parseFactFile } from './parse-fact-file.ts';

const SCHEMA_LINE = '# yaml-language-server: $schema=./schema.json';

/** The curated facts. */
export const FACTS_FOLDER = join(root, 'config/facts');

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

const subjectOfFile = (file: string): string => basename(file, '.yaml');

/** A file that is named after another subject than that of its facts. */
const nameFaults = ({ file, text }: FactFile): FactFault[] => {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.startsWith('subject:'));
  const subject = /^subject: *(\S+)/.exec(lines[at] ?? '')?.[1];
  return subject === undefined || subject === subjectOfFile(file)
    ? []
    : [{ file, line: at + 1, message: `contains the facts of ${subject}; rename it to ${subject}.yaml` }];
};

/** Faults of a file as a whole: its schema line, its name, and whose facts it has. */
const fileFaults = (file: FactFile, { get }: Pick<Companies, 'get'>): FactFault[] => {
  const atTop = (message: string): FactFault => ({ file: file.file, line: 1, message });
  return [
    ...(file.text.startsWith(`${SCHEMA_LINE}\n`)
      ? []
      : [atTop(`the first line must be "${SCHEMA_LINE}", so that editors validate the file`)]),
    ...(get(subjectOfFile(file.file))
      ? []
      : [atTop('no company has these facts; add its entry to config/companies.yaml')]),
    ...nameFaults(file),
  ];
};

/**
 * Reads the facts of the companies in a folder, checked and resolved. A file of none of them is left out, which
 * `checkFacts` refuses.
 * @throws FactsError with every fault of every file, one line each: file, line, what is wrong, what to do.
 */
export const loadFacts = (dir = FACTS_FOLDER, { get }: Pick<Companies, 'get'> = loadCompanies()): Fact[] => {
  const files = readFactFiles(dir).filter(({ file }) => get(subjectOfFile(file)));
  const parsed = files.map(parseFactFile);
  const placed = parsed.flatMap(({ facts }) => facts);
  const faults = [
    ...files.flatMap(nameFaults),
    ...parsed.flatMap((it) => it.faults),
    ...STRICT_RULES.flatMap((rule) => rule(placed)),
  ];
  if (faults.length > 0) throw new FactsError(faults);
  return placed.map(({ fact }) => fact);
};

/** What is wrong if companies have no curated figures, in one line: a file may have been deleted. Undefined if all have some. */
export const goneFactsText = (
  facts: readonly Fact[],
  { subjects }: Pick<Companies, 'subjects'>,
): string | undefined => {
  const told = new Set(facts.map(({ subject }) => subject));
  const files = subjects.filter((subject) => !told.has(subject)).map((subject) => `${subject}.yaml`);
  if (files.length === 0) return undefined;
  return `config/facts has no figures in ${files.join(', ')}, but config/companies.yaml has these companies; restore what was deleted from the repository`;
};

/**
 * Checks fact files for review: everything that `loadFacts` rejects, and figures that only look wrong (a jump without a
 * note, guidance that names no predecessor). Without faults the files may be merged. Sorted by file and line.
 */
export const checkFacts = (
  files: readonly FactFile[],
  companies: Pick<Companies, 'get'> = loadCompanies(),
): FactFault[] => {
  const parsed = files.map(parseFactFile);
  const placed = parsed.flatMap(({ facts }) => facts);
  const faults = [
    ...files.flatMap((file) => fileFaults(file, companies)),
    ...parsed.flatMap((it) => it.faults),
    ...[...STRICT_RULES, ...REVIEW_RULES].flatMap((rule) => rule(placed)),
  ];
  return faults.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
};
