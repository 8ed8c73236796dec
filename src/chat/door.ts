import type { Questions } from './questions.ts';

/** Where questions come in before the bot is built: platforms are made first, and ask through it. */
export interface Door {
  readonly questions: Questions;
  /** From now on questions are answered. */
  open(questions: Questions): void;
}

/** A door that asks people for a moment's patience, in `language`, until it is opened. */
export const createDoor = (language: string, sorry: (language: string) => string): Door => {
  let behind: Questions | undefined;
  return {
    questions: {
      ask: async (name, question) =>
        behind ? behind.ask(name, question) : { kind: 'problem', text: sorry(question.language) },
      complete: (...typing) => behind?.complete(...typing) ?? [],
      picture: async (answer) => behind?.picture(answer),
      languageOf: (locale) => behind?.languageOf(locale) ?? language,
    },
    open: (questions) => {
      behind = questions;
    },
  };
};
