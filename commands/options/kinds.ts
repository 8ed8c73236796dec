import type { Catalogue } from '../../src/i18n/catalogue.ts';
import { CARD_KINDS, type CardKind, DEFAULT_KINDS } from '../../src/stories/card-kinds.ts';
import { normalise } from '../normalise.ts';

const WORDS: ReadonlyMap<string, string> = new Map([
  ['all', 'all'],
  ['everything', 'all'],
  ['전체', 'all'],
  ['모두', 'all'],
  ['default', 'default'],
  ['reset', 'default'],
  ['기본', 'default'],
  ['기본값', 'default'],
]);

/** What a kind is called: its id, and its words in every language. */
export const kindNames = (catalogue: Catalogue, kind: CardKind): readonly string[] => [
  kind,
  ...catalogue.languages.map((language) => catalogue.in(language).say(`kind.${kind}`)),
];

/**
 * `drawdown,day` as it stands, in the order of the kinds; `+recovery,-digest` as changes of what there is. Never both in
 * one. Undefined for anything else.
 */
export const readKinds = (catalogue: Catalogue, typed: string): string | undefined => {
  const text = normalise(typed);
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const parts = text
    .split(/[,;/·]+/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const named = (parts.length > 1 ? parts : splitByKinds(catalogue, text)).map((part) => {
    const [, sign = '', name = ''] = /^([+\-−]?)\s*(.*)$/u.exec(part) ?? [];
    const kind = CARD_KINDS.find((each) => kindNames(catalogue, each).some((known) => normalise(known) === name));
    return kind === undefined ? undefined : { sign: sign === '−' ? '-' : sign, kind };
  });
  if (named.length === 0 || named.includes(undefined)) return undefined;
  const found = named.flatMap((one) => one ?? []);
  const changes = found.filter(({ sign }) => sign !== '');
  if (changes.length > 0 && changes.length < found.length) return undefined;
  const listed = CARD_KINDS.flatMap((kind) => found.findLast((one) => one.kind === kind) ?? []);
  return listed.map(({ sign, kind }) => sign + kind).join(',');
};

/** Ids of one word may stand with nothing but spaces between them. */
const splitByKinds = (catalogue: Catalogue, text: string): string[] => {
  const whole = CARD_KINDS.some((kind) => kindNames(catalogue, kind).some((known) => normalise(known) === text));
  return whole ? [text] : text.split(' ').filter((part) => part !== '');
};

/** What a channel wants after `read`, which `readKinds` has returned. */
export const kindsAfter = (read: string, before: readonly CardKind[]): readonly CardKind[] => {
  if (read === 'all') return CARD_KINDS;
  if (read === 'default') return DEFAULT_KINDS;
  const parts = read.split(',');
  const isChange = /^[+-]/.test(read);
  return CARD_KINDS.filter((kind) =>
    isChange
      ? (before.includes(kind) && !parts.includes(`-${kind}`)) || parts.includes(`+${kind}`)
      : parts.includes(kind),
  );
};
