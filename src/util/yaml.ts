import { constructFromEvents, EVENT_ID, type Event, getScalarValue, parseEvents, YAMLException } from 'js-yaml';

/** A text is not YAML, or not one document of it. The message is one clause. */
export class YamlError extends Error {
  override readonly name = 'YamlError';
  /** From 1. */
  readonly line: number;

  constructor(message: string, line: number, cause: unknown) {
    super(message, { cause });
    this.line = line;
  }
}

/** What a text of YAML says, and where. */
export interface Yaml {
  /** Null for an empty text. */
  readonly value: unknown;
  /** The line, from 1, of the deepest key or item of a path that is in the text. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** The index after the node that begins at `at`. */
const afterNode = (events: readonly Event[], at: number): number => {
  let depth = 0;
  let next = at;
  do {
    const type = events[next]?.type;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth += 1;
    else if (type === EVENT_ID.POP) depth -= 1;
    next += 1;
  } while (depth > 0);
  return next;
};

/** Indexes of the key (of a list, the item) under `step` and of its value, in the collection at `at`. */
const entryAt = (text: string, events: readonly Event[], at: number, step: string) => {
  const isList = events[at]?.type === EVENT_ID.SEQUENCE;
  if (!isList && events[at]?.type !== EVENT_ID.MAPPING) return undefined;
  let index = 0;
  for (let key = at + 1; events[key]?.type !== EVENT_ID.POP; index += 1) {
    const event = events[key];
    const value = isList ? key : afterNode(events, key);
    const name = isList ? String(index) : event?.type === EVENT_ID.SCALAR && getScalarValue(text, event);
    if (name === step) return { key, value };
    key = afterNode(events, value);
  }
  return undefined;
};

const offsetOf = (event: Event | undefined): number => {
  if (event === undefined) return 0;
  if ('valueStart' in event) return event.valueStart;
  if ('anchorStart' in event && event.type === EVENT_ID.ALIAS) return event.anchorStart;
  return 'start' in event ? event.start : 0;
};

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** More characters than any file of config has; a longer text would be read for seconds. */
const MOST_CHARACTERS = 500_000;

/** @throws YamlError for an alias: a few lines of them stand for more values than there is memory, or for themselves. */
const refuseAliases = (text: string, events: readonly Event[]): void => {
  const alias = events.find(({ type }) => type === EVENT_ID.ALIAS);
  if (alias === undefined) return;
  throw new YamlError('aliases (*name) are not read; write the value out', lineAt(text, offsetOf(alias)), undefined);
};

/** Reads a text of one document, by the core schema of YAML 1.2: a day is a text, not a time. @throws YamlError. */
export const readYaml = (text: string): Yaml => {
  if (text.length > MOST_CHARACTERS) throw new YamlError(`longer than ${MOST_CHARACTERS} characters`, 1, undefined);
  try {
    const events = parseEvents(text, {});
    const [value = null, ...others] = constructFromEvents(events, { source: text });
    refuseAliases(text, events);
    if (others.length > 0) throw new YamlError('more than one document', 1, undefined);
    const lineOf = (path: readonly PropertyKey[]): number => {
      // The first event is the document's own.
      let node = 1;
      let found = 1;
      for (const step of path) {
        const entry = entryAt(text, events, node, String(step));
        if (!entry) break;
        found = entry.key;
        node = entry.value;
      }
      return lineAt(text, offsetOf(events[found]));
    };
    return { value, lineOf };
  } catch (error) {
    if (error instanceof YAMLException) throw new YamlError(error.reason, (error.mark?.line ?? 0) + 1, error);
    throw error;
  }
};
