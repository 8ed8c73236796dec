import { callButton } from '../src/cards/call.ts';
import type { Action } from '../src/cards/card.ts';
import type { Translator } from '../src/i18n/catalogue.ts';
import { type Problem, problem, quotable, type Reader } from './problems.ts';

/** The number of a page from 1 to `pages`, 1 if none was typed; a problem for anything else. */
export const readPage = (reader: Reader, pages: number, typed = '1'): number | Problem => {
  const page = /^\d{1,4}$/.test(typed) ? Number(typed) : 0;
  return page >= 1 && page <= pages ? page : problem(reader, 'facts-list.no-page', { typed: quotable(typed), pages });
};

/** Buttons for the page before and the page after, as far as there are any. The call's options get `page` added. */
export const pageButtons = (
  words: Translator,
  { page, pages }: { readonly page: number; readonly pages: number },
  { name, options }: Parameters<typeof callButton>[1],
): Action[] => {
  const pageButton = (key: string, to: number): Action =>
    callButton(words.say(`answer.button.${key}`), { name, options: { ...options, page: String(to) } });
  return [...(page > 1 ? [pageButton('back', page - 1)] : []), ...(page < pages ? [pageButton('next', page + 1)] : [])];
};
