import type { Catalogue } from '../../src/i18n/catalogue.ts';
import { CARD_KINDS, type CardKind, DEFAULT_KINDS } from '../../src/stories/channel.ts';
import { normaliseText } from '../../src/util/normalise-text.ts';
import { textsAndAliases } from '../typed-texts.ts';

/** What a kind is called: its id, its label in every language, and their aliases. */
export const kindNames = (catalogue: Catalogue, kind: CardKind): readonly string[] => [
  kind,
  ...textsAndAliases(catalogue, `kind.${kind}`),
];

const kindByName = (catalogue: Catalogue, name: string): CardKind | undefined =>
  CARD_KINDS.find((kind) => kindNames(catalogue, kind).some((known) => normaliseText(known) === name));

/** Splits at commas and the like; without any, at spaces, unless the whole text is the name of one kind, signed or not. */
const splitKinds = (catalogue: Catalogue, text: string): string[] => {
  const parts = text
    .split(/[,;/·]+/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length > 1) return parts;
  return kindByName(catalogue, text.replace(/^[+\-−]\s*/u, ''))
    ? [text]
    : text.split(' ').filter((part) => part !== '');
};

/**
 * Kinds as ids in the order of CARD_KINDS, `drawdown,day`, or as changes, `+recovery,-digest`, but not both; or `all`,
 * or `default`. Undefined for anything else.
 */
export const readKinds = (catalogue: Catalogue, typed: string): string | undefined => {
  const text = normaliseText(typed);
  const set = (['all', 'default'] as const).find((each) => catalogue.typed.value[each].includes(text));
  if (set !== undefined) return set;
  const parts = splitKinds(catalogue, text).map((part) => {
    const [, sign = '', name = ''] = /^([+\-−]?)\s*(.*)$/u.exec(part) ?? [];
    const kind = kindByName(catalogue, name);
    return kind === undefined ? undefined : { sign: sign === '−' ? '-' : sign, kind };
  });
  if (parts.length === 0 || parts.includes(undefined)) return undefined;
  const found = parts.flatMap((part) => part ?? []);
  const changes = found.filter(({ sign }) => sign !== '');
  if (changes.length > 0 && changes.length < found.length) return undefined;
  const listed = CARD_KINDS.flatMap((kind) => found.findLast((one) => one.kind === kind) ?? []);
  return listed.map(({ sign, kind }) => sign + kind).join(',');
};

/** A channel's kinds after `read`, which is a result of `readKinds`. */
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

/**
 * The kinds that a partly typed list, `drawdown, da`, does not have yet. `typedBefore` ends in its last comma and sign.
 */
export const remainingKinds = (typed: string): { readonly typedBefore: string; readonly kind: CardKind }[] => {
  const end = typed.lastIndexOf(',') + 1;
  const [sign = ''] = /^[+-]/.exec(typed.slice(end).trim()) ?? [];
  const complete = typed
    .slice(0, end)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const typedBefore = complete.map((part) => `${part},`).join('') + sign;
  return CARD_KINDS.filter((kind) => !complete.some((part) => part.replace(/^[+-]/, '') === kind)).map((kind) => ({
    typedBefore,
    kind,
  }));
};
