import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Fact } from './fact.ts';
import { FactsError } from './fault.ts';
import { STRICT_RULES } from './lint.ts';
import { type FactFile, parseFactFiles } from './parse-fact-file.ts';

const shown = (path: string): string => {
  const local = relative(process.cwd(), path);
  return local.startsWith('..') ? path : local;
};

/**
 * The fact files of a folder, in the order of their names.
 * @throws FactsError where the folder cannot be read or holds no fact file.
 */
export const readFactFiles = (dir: string): FactFile[] => {
  const missing = (what: string): FactsError =>
    new FactsError([{ file: shown(dir), line: 1, message: `${what}; restore config/facts from the repository` }]);
  let names: string[];
  try {
    names = readdirSync(dir).filter((name) => name.endsWith('.yaml'));
  } catch {
    throw missing('the facts folder cannot be read');
  }
  if (names.length === 0) throw missing('the folder has no fact files');
  return names.sort().map((name) => ({ file: shown(join(dir, name)), text: readFileSync(join(dir, name), 'utf8') }));
};

/**
 * All facts of a folder of fact files, checked and resolved.
 * @throws FactsError with every fault of every file, one line each: file, line, what is wrong, what to do.
 */
export const loadFacts = (dir: string): Fact[] => {
  const parsed = readFactFiles(dir).map(parseFactFiles);
  const placed = parsed.flatMap(({ facts }) => facts);
  const faults = [...parsed.flatMap((it) => it.faults), ...STRICT_RULES.flatMap((rule) => rule(placed))];
  if (faults.length > 0) throw new FactsError(faults);
  return placed.map(({ fact }) => fact);
};
