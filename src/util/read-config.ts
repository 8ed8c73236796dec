import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** Invalid config file. One line: file, line, what is wrong, what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The project folder, wherever the process was started. */
export const root = join(import.meta.dirname, '../..');

const shown = (path: string): string => {
  const local = relative(process.cwd(), path);
  return local.startsWith('..') ? path : local;
};

const phrase = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'unrecognized_keys')
    return `unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')}; check the spelling or remove it`;
  const where = issue.path.join('.');
  const said = (issue.code === 'invalid_key' && issue.issues[0]?.message) || issue.message;
  const plain = said.replace(/^Invalid input: /, '').replace(/, received undefined$/, ', but it is missing');
  return where === '' ? plain : `${where}: ${plain}`;
};

/** Path of an issue; for an unknown key, the path of the key itself. */
const pathOf = (issue: z.core.$ZodIssue): PropertyKey[] =>
  issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;

/** Offset of the deepest key or item of `path` that exists in the file: of the key, not of its value. */
const offsetOf = (document: Document, path: readonly PropertyKey[]): number => {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const step of path) {
    let here: unknown;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      here = pair?.key;
      node = pair?.value;
    } else if (isSeq(node)) {
      here = node.items[Number(step)];
      node = here;
    }
    if (!isNode(here)) break;
    offset = here.range?.[0] ?? offset;
  }
  return offset;
};

/**
 * Reads a YAML file and checks it against a schema.
 * @throws ConfigError for a missing file, invalid YAML or a value that the schema rejects, with file and line.
 */
export const readConfig = <T>(path: string, schema: z.ZodType<T>): T => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is missing' : 'cannot be read';
    throw new ConfigError(`${shown(path)} ${why}; restore it from the repository`, { cause: error });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors[0];
  if (broken)
    throw new ConfigError(`${shown(path)}:${lines.linePos(broken.pos[0]).line}: not valid YAML: ${broken.message}`);

  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    throw new ConfigError(`${shown(path)}: not valid YAML: ${(error as Error).message}`, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (!issue) throw new ConfigError(`${shown(path)}: not usable`);
  const { line } = lines.linePos(offsetOf(document, pathOf(issue)));
  throw new ConfigError(`${shown(path)}:${Math.max(line, 1)}: ${phrase(issue)}`);
};
