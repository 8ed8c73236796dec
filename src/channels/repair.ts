import type { ChannelSettings } from '../stories/channel.ts';
import { issuesOf, settingsSchema } from './settings-schema.ts';

/** A part that fell to its default, and why. */
export interface Repair {
  /** `rules.NVDA.day`, or `all`. */
  readonly part: string;
  readonly reason: string;
}

export interface Repaired {
  readonly settings: ChannelSettings;
  readonly repairs: readonly Repair[];
}

const NOTHING: Repaired = { settings: {}, repairs: [] };

const allOf = (reason: string): Repaired => ({ settings: {}, repairs: [{ part: 'all', reason }] });

/** How many keys name a part that stands for itself: one rule of one symbol, one of the digest's times, or a whole setting. */
const depthOf = ([first, , third]: readonly string[]): number => {
  if (first === 'digest') return 2;
  if (first === 'rules') return third === 'drawdown' ? 4 : 3;
  return 1;
};

type Tree = Record<string, unknown>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

const cut = (tree: Tree, path: readonly string[]): void => {
  const [key, ...rest] = path;
  if (key === undefined) return;
  const below = Object.hasOwn(tree, key) ? tree[key] : undefined;
  if (rest.length > 0 && isTree(below)) cut(below, rest);
  else delete tree[key];
};

const repaired = (tree: Tree): Repaired => {
  const repairs = new Map<string, Repair>();
  // Every round cuts something away, and the second one sees only what the first one's cutting has shown.
  for (let round = 0; round < 5; round += 1) {
    const parsed = settingsSchema.safeParse(tree);
    if (parsed.success) return { settings: parsed.data, repairs: [...repairs.values()] };
    for (const { path, reason } of issuesOf(parsed.error)) {
      const place = path.slice(0, depthOf(path));
      const part = place.join('.') || 'all';
      if (!repairs.has(part)) repairs.set(part, { part, reason });
      cut(tree, place);
    }
  }
  return allOf('too much of it is wrong');
};

const KEPT = 10_000;

/** Remembers what was made of a text, and forgets it all where that becomes too much. */
const remembered = <T>(make: (text: string, value: unknown) => T) => {
  const kept = new Map<string, T>();
  return (text: string, value?: unknown): T => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = make(text, value);
    if (kept.size >= KEPT) kept.clear();
    kept.set(text, made);
    return made;
  };
};

/** One part as the schema has it; null where it cannot be used. Channels differ in few parts, whatever they have in all. */
const partOf = remembered((_text, part): ChannelSettings | null => settingsSchema.safeParse(part).data ?? null);

/** The settings, where every part is good. */
const good = (tree: Tree): ChannelSettings | undefined => {
  let settings: ChannelSettings = {};
  for (const [name, value] of Object.entries(tree)) {
    const part = { [name]: value };
    const read = partOf(JSON.stringify(part), part);
    if (read === null) return undefined;
    settings = { ...settings, ...read };
  }
  return settings;
};

/**
 * Settings as they stand in a row, whoever wrote them: what is good in them counts, what is not falls to its default.
 * Null = nothing but defaults. Never throws.
 */
export const repairSettings = (text: string | null): Repaired => {
  if (text === null) return NOTHING;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return allOf('not JSON');
  }
  if (!isTree(value)) return allOf('not an object');
  const settings = good(value);
  return settings ? { settings, repairs: [] } : repaired(value);
};

const read = remembered((text) => repairSettings(text).settings);

/** As `repairSettings`, without the reasons; rows of one text are read once. */
export const settingsOf = (text: string | null): ChannelSettings => (text === null ? NOTHING.settings : read(text));
