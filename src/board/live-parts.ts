import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Html } from './page/html.ts';

/** A part of a page that is exchanged while the page is open. */
export interface LivePart {
  readonly markup: string;
  /** Changes with the markup. */
  readonly version: string;
}

/** By the id of the element that holds the part. */
export type LiveParts = Readonly<Record<string, LivePart>>;

/** What an open page shows, as it says in its request: `prices:3f2a cards:91bc`. */
export const HAVE_HEADER = 'x-board-have';

const MAX_HAVE_LENGTH = 2_000;

const livePart = (markup: string): LivePart => ({
  markup,
  version: hash('sha1', markup, 'base64url').slice(0, 10),
});

/** What was made of markup that is used again, such as that of a card with its pictures. */
const known = new WeakMap<object, LivePart>();

const partOf = async (html: Html): Promise<LivePart> => {
  const before = known.get(html);
  if (before) return before;
  const part = livePart(String(await html));
  known.set(html, part);
  return part;
};

export const livePartsOf = async (parts: Readonly<Record<string, Html>>): Promise<LiveParts> => {
  const made = Object.entries(parts).map(async ([id, html]) => [id, await partOf(html)] as const);
  return Object.fromEntries(await Promise.all(made));
};

/** The parts that a page has in no version or in another. */
const changedSince = (parts: LiveParts, have: string): LiveParts => {
  const shown = new Set(have.split(' '));
  return Object.fromEntries(Object.entries(parts).filter(([id, { version }]) => !shown.has(`${id}:${version}`)));
};

const compressed = promisify(gzip);

/** The parts that are others than they were, and new ones. */
export const changedParts = (before: LiveParts, now: LiveParts): LiveParts =>
  Object.fromEntries(Object.entries(now).filter(([id, { version }]) => before[id]?.version !== version));

export interface LiveAnswers {
  /** All parts of a page, made once until something changes. */
  parts(key: string, make: () => Promise<LiveParts>): Promise<LiveParts>;
  /**
   * What an open page lacks, as JSON in gzip; undefined if it shows everything. Made once for all pages that show the same,
   * until something changes. `key`: the page with everything that decides on its parts.
   */
  answer(key: string, have: string, make: () => Promise<LiveParts>): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Forgets what was made. */
  changed(): void;
}

/** More different pages than this are open only at somebody who tries out addresses. */
const MAX_REMEMBERED = 500;

export const createLiveAnswers = (): LiveAnswers => {
  let parts = new Map<string, Promise<LiveParts>>();
  let answers = new Map<string, Promise<Uint8Array<ArrayBuffer> | undefined>>();
  const forget = (): void => {
    parts = new Map();
    answers = new Map();
  };
  /** A failure is not remembered. */
  const once = <T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> => {
    const known = made.get(key);
    if (known) return known;
    if (made.size >= MAX_REMEMBERED) made.clear();
    const making = make();
    made.set(key, making);
    making.catch(() => made.delete(key));
    return making;
  };
  return {
    parts: (key, make) => once(parts, key, make),
    answer: (key, have, make) => {
      const shown = have.slice(0, MAX_HAVE_LENGTH);
      const partsNow = parts;
      return once(answers, `${key}\n${shown}`, async () => {
        const lacking = changedSince(await once(partsNow, key, make), shown);
        if (Object.keys(lacking).length === 0) return undefined;
        return new Uint8Array(await compressed(JSON.stringify(lacking)));
      });
    },
    changed: forget,
  };
};
