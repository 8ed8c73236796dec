import type { Translator } from '../i18n/catalogue.ts';
import type { Section } from './card.ts';

/** The sign of a figure that a newer filing season has overtaken. */
export const OLDER = '◦';

/** The sign of a figure that is not from the company itself. */
export const SECONDARY = '†';

const MEANINGS = { [OLDER]: 'fact.older', [SECONDARY]: 'fact.secondary' } as const;

/** What the signs behind the rows mean, each once. */
export const legendLines = (words: Translator, sections: readonly Section[]): string[] => {
  const marks = sections.flatMap(({ rows, table }) => [...rows, ...(table?.listed ?? [])].map(({ mark = '' }) => mark));
  return Object.entries(MEANINGS)
    .filter(([sign]) => marks.some((mark) => mark.includes(sign)))
    .map(([sign, key]) => words.say(key, { sign }));
};
