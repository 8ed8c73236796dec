import { z } from 'zod';
import { normaliseText } from '../util/normalise-text.ts';
import { CatalogueError } from './messages.ts';

const words = z.array(z.string().min(1).transform(normaliseText)).default([]);

const typedWords = z.strictObject({
  /** More words for what a message names, by its key. */
  also: z.record(z.string(), words).default({}),
  /** More names of time zones, by IANA's. */
  zone: z.record(z.string(), words).default({}),
  value: z
    .strictObject({
      ...{ off: words, clear: words, default: words, all: words, session: words, percent: words },
      ...{ below: words, above: words, dollars: words },
    })
    .prefault({}),
  /** Units; `for` may follow one. */
  duration: z.strictObject({ minute: words, hour: words, day: words, week: words, for: words }).prefault({}),
  /** Words of a time of day, and those between and after two of them. */
  time: z
    .strictObject({ am: words, pm: words, hour: words, minute: words, half: words, to: words, until: words })
    .prefault({}),
  /** What follows the numbers of a date. */
  date: z.strictObject({ year: words, month: words, day: words }).prefault({}),
  weekday: z
    .strictObject({
      ...{ mon: words, tue: words, wed: words, thu: words, fri: words, sat: words, sun: words },
      ...{ weekdays: words, weekend: words, every: words, and: words },
    })
    .prefault({}),
});

/**
 * What people may type besides the texts of the messages, in any language: lists of normalised words in groups. The file
 * of a language has them under `typed`.
 */
export type TypedWords = z.infer<typeof typedWords>;

/** Words under `also` and `zone` are compared among a few things at a time; in other groups, a word has one meaning. */
const OPEN_GROUPS: ReadonlySet<string> = new Set(['also', 'zone']);

type Groups = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const checkMeanings = (all: Groups): void => {
  for (const [group, lists] of Object.entries(all)) {
    if (OPEN_GROUPS.has(group)) continue;
    const meanings = new Map<string, string>();
    for (const [name, list] of Object.entries(lists))
      for (const word of list) {
        const other = meanings.get(word) ?? name;
        if (other !== name)
          throw new CatalogueError(`"${word}" is under both typed.${group}.${other} and .${name}: keep one of them.`);
        meanings.set(word, name);
      }
  }
};

const readTypedWords = (language: string, given: unknown): TypedWords => {
  const { data, error } = typedWords.safeParse(given ?? {});
  if (data) return data;
  const [issue] = error.issues;
  const where = ['typed', ...(issue?.path ?? [])].join('.');
  throw new CatalogueError(`${language}.yaml, ${where}: ${issue?.message ?? 'not understood'}.`);
};

/**
 * The words of all languages together; `given` holds the `typed` part of each file. Throws CatalogueError for a key or
 * value that is not known, and for a word with two meanings.
 */
export const mergeTypedWords = (given: ReadonlyMap<string, unknown>): TypedWords => {
  const files: readonly Groups[] = [...given].map(([language, typed]) => readTypedWords(language, typed));
  const keysOf = (objects: readonly object[]): string[] => [...new Set(objects.flatMap(Object.keys))];
  const merged = keysOf(files).map((group) => {
    const groups = files.map((file) => file[group] ?? {});
    const lists = keysOf(groups).map((name) => [name, [...new Set(groups.flatMap((lists) => lists[name] ?? []))]]);
    return [group, Object.fromEntries(lists)];
  });
  const all = typedWords.parse(Object.fromEntries(merged));
  checkMeanings(all);
  return all;
};
