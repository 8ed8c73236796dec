import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { z } from 'zod';
import { readYaml, type Yaml, YamlError } from './yaml.ts';

/** A configuration file cannot be used. The message is one line: file, line, fault, what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The folder that contains config/, independent of the working directory. */
export const root = join(import.meta.dirname, '../..');

/**
 * The path of a file in config/, or of the file of that name in the folder SLIDEWATCH_CONFIG, which stands in for it.
 * The tests have their watchlist and companies there, so that additions to the shipped ones change no test.
 */
export const configFile = (name: string): string => {
  const other = process.env.SLIDEWATCH_CONFIG;
  return other && existsSync(join(other, name)) ? join(other, name) : join(root, 'config', name);
};

/** A path for messages: relative to the working directory, unless it is outside. */
export const displayPath = (path: string): string => {
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

/** The path of an issue; for an unknown key, the path of the key itself. */
export const issuePath = (issue: z.core.$ZodIssue): PropertyKey[] =>
  issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;

const yamlOf = (path: string, text: string): Yaml => {
  try {
    return readYaml(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw new ConfigError(`${displayPath(path)}:${error.line}: not valid YAML: ${error.message}; correct it`, {
      cause: error,
    });
  }
};

/**
 * Reads a YAML file and checks it against a schema.
 * @throws ConfigError for a missing file, bad YAML or a value that the schema rejects, naming file and line.
 */
export const readConfig = <T>(path: string, schema: z.ZodType<T>): T => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is missing' : 'cannot be read';
    throw new ConfigError(`${displayPath(path)} ${why}; restore it from the repository`, { cause: error });
  }
  const { value, lineOf } = yamlOf(path, text);
  if (value === null)
    throw new ConfigError(`${displayPath(path)}:1: the file is empty; restore it from the repository`);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (!issue) throw new ConfigError(`${displayPath(path)}: not usable`);
  throw new ConfigError(`${displayPath(path)}:${lineOf(issuePath(issue))}: ${phrase(issue)}`);
};
