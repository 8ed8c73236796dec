import { z } from 'zod';
import { languagesIn } from '../util/language-files.ts';

/** Display name by language; English for those that have none of their own. */
export type SymbolName = { readonly en: string } & { readonly [language: string]: string };

const text = z.string().min(1);

let languages: readonly string[] | undefined;

/** The languages of config/messages, read once: every name asks for them. */
const knownLanguages = (): readonly string[] => {
  languages ??= languagesIn();
  return languages;
};

export const symbolName = z
  .object({ en: text })
  .catchall(text)
  .superRefine((name, context) => {
    const known = knownLanguages();
    for (const language of Object.keys(name))
      if (!known.includes(language))
        context.addIssue({
          code: 'custom',
          path: [language],
          message: `no such language; config/messages has ${known.join(', ')}`,
        });
  });

/** A name in all languages that have one. */
export const namesInLanguages = (name: SymbolName): readonly string[] => [...new Set(Object.values(name))];
