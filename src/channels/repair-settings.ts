import type { ChannelSettings } from '../stories/channel.ts';
import { issuesOf, settingsSchema } from './settings-schema.ts';

/** A part of the settings reset to its default, and why. */
export interface Repair {
  /** `rules.NVDA.day`, or `all`. */
  readonly part: string;
  readonly reason: string;
}

export interface Repaired {
  readonly settings: ChannelSettings;
  readonly repairs: readonly Repair[];
}

const NO_SETTINGS: Repaired = { settings: {}, repairs: [] };

const allOf = (reason: string): Repaired => ({ settings: {}, repairs: [{ part: 'all', reason }] });

/**
 * How many keys of a path name a part that can be reset alone: one rule of a symbol, one digest setting, or a whole
 * setting.
 */
const depthOf = ([first, , third]: readonly string[]): number => {
  if (first === 'digest') return 2;
  if (first === 'rules') return third === 'drawdown' || third === 'within' ? 4 : 3;
  return 1;
};

type Tree = Record<string, unknown>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

const removeAt = (tree: Tree, path: readonly string[]): void => {
  const [key, ...rest] = path;
  if (key === undefined) return;
  const below = Object.hasOwn(tree, key) ? tree[key] : undefined;
  if (rest.length > 0 && isTree(below)) removeAt(below, rest);
  else delete tree[key];
};

const repaired = (tree: Tree): Repaired => {
  const repairs = new Map<string, Repair>();
  // Every round removes something; removing may uncover further issues.
  for (let round = 0; round < 5; round += 1) {
    const parsed = settingsSchema.safeParse(tree);
    if (parsed.success) return { settings: parsed.data, repairs: [...repairs.values()] };
    for (const { path, reason } of issuesOf(parsed.error)) {
      const partPath = path.slice(0, depthOf(path));
      const part = partPath.join('.') || 'all';
      if (!repairs.has(part)) repairs.set(part, { part, reason });
      removeAt(tree, partPath);
    }
  }
  return allOf('too much of it is wrong');
};

const CACHE_SIZE = 10_000;

/** Caches results by text; drops the whole cache when it is full. */
const memoised = <T>(make: (text: string, value: unknown) => T) => {
  const cache = new Map<string, T>();
  return (text: string, value?: unknown): T => {
    const known = cache.get(text);
    if (known !== undefined) return known;
    const made = make(text, value);
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(text, made);
    return made;
  };
};

/** One part, parsed; null if invalid. Cached: channels share most of their parts. */
const partOf = memoised((_text, part): ChannelSettings | null => settingsSchema.safeParse(part).data ?? null);

/** The settings; undefined unless every part is valid. */
const readGood = (tree: Tree): ChannelSettings | undefined => {
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
 * Parses stored settings, possibly edited by hand: valid parts count, invalid ones are reset to their defaults. Null
 * means all defaults. Never throws.
 */
export const repairSettings = (text: string | null): Repaired => {
  if (text === null) return NO_SETTINGS;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return allOf('not JSON');
  }
  if (!isTree(value)) return allOf('not an object');
  const settings = readGood(value);
  return settings ? { settings, repairs: [] } : repaired(value);
};

const read = memoised((text) => repairSettings(text).settings);

/** Like `repairSettings`, without the repairs. Cached by text. */
export const settingsOf = (text: string | null): ChannelSettings => (text === null ? NO_SETTINGS.settings : read(text));

/** Whom a channel pings, at the end of a stored text. */
const PING = /(?:,|(?<=^\{))"ping":\{"id":"[A-Za-z0-9]{1,40}","from":(?:0|[1-9]\d{0,3})\}\}$/;

/**
 * Like `settingsOf`, for work on many channels: without `ping` if that is written last, as `withoutDefaults` does. Hardly
 * two channels ping the same role, while most share the rest, and with it the object and all that is cached for it.
 */
export const sharedSettingsOf = (text: string | null): ChannelSettings =>
  settingsOf(text?.includes('"ping"') ? text.replace(PING, '}') : text);
