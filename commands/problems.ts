import type { Catalogue } from '../src/i18n/catalogue.ts';
import { either } from '../src/i18n/names.ts';
import type { Answer, Question } from './command.ts';
import type { CommandContext } from './command-context.ts';

export type Problem = Extract<Answer, { kind: 'problem' }>;

/** The language and the platform for which a sentence is written. */
export interface Reader {
  readonly catalogue: Catalogue;
  readonly language: string;
  readonly platform: string;
}

/** The person who asked. */
export const readerOf = ({ language, platform }: Question, { catalogue }: CommandContext): Reader => ({
  catalogue,
  language,
  platform,
});

/** One sentence from the messages. */
export const problem = (
  { catalogue, language }: Reader,
  key: string,
  values: Readonly<Record<string, string | number>> = {},
): Problem => ({ kind: 'problem', text: catalogue.in(language).say(key, values) });

/** The bot is not where the question came from. */
export const absent = (text: string): Problem => ({ kind: 'problem', text, invites: true });

const MAX_QUOTED_LENGTH = 40;

/** Typed text for use in a sentence: one line of at most 40 characters, without control and invisible characters. */
export const quotable = (text: string): string => {
  const clean = text.replace(/\p{C}/gu, ' ').replace(/\s+/g, ' ').trim();
  const characters = [...clean];
  return characters.length <= MAX_QUOTED_LENGTH ? clean : `${characters.slice(0, MAX_QUOTED_LENGTH - 1).join('')}…`;
};

/** "No symbol 'nvdia'. Did you mean NVDA (Nvidia)?", or the nearest names if none is `likely`. */
export const unknownName = (
  reader: Reader,
  what: 'symbol' | 'company' | 'command' | 'metric',
  typed: string,
  { likely, names }: { readonly likely: boolean; readonly names: readonly string[] },
): Problem =>
  problem(reader, `ask.unknown.${what}${likely ? '' : '-far'}`, {
    typed: quotable(typed),
    names: either(reader.catalogue.in(reader.language), names),
  });
