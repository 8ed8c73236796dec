import type { Catalogue } from '../src/i18n/catalogue.ts';
import type { Answer } from './command.ts';
import { quotable } from './normalise.ts';

export type Problem = Extract<Answer, { kind: 'problem' }>;

/** What a problem's sentence is made with: who reads it, and where. */
export interface ProblemContext {
  readonly catalogue: Catalogue;
  readonly language: string;
  readonly platform: string;
}

/** One sentence from the messages. */
export const problem = (
  { catalogue, language }: ProblemContext,
  key: string,
  values: Readonly<Record<string, string | number>> = {},
): Problem => ({ kind: 'problem', text: catalogue.in(language).say(key, values) });

/** "NVDA (Nvidia), META (Meta) or TSLA (Tesla)", as the language lists. */
export const either = (language: string, names: readonly string[]): string =>
  new Intl.ListFormat(language === 'en' ? 'en-GB' : language, { type: 'disjunction' }).format(names);

/** "No symbol 'nvdia'. Did you mean NVDA (Nvidia)?"; where nothing is close, the nearest there is. */
export const unknownName = (
  asked: ProblemContext,
  what: 'symbol' | 'company' | 'command' | 'metric',
  typed: string,
  { likely, names }: { readonly likely: boolean; readonly names: readonly string[] },
): Problem =>
  problem(asked, `ask.unknown.${what}${likely ? '' : '-far'}`, {
    typed: quotable(typed),
    names: either(asked.language, names),
  });
