import type { Questions } from '../../commands/questions.ts';
import type { PlatformEvents } from '../channels/events.ts';
import type { OpenAnswers } from '../stories/open-answers.ts';

/** What stands behind the door. */
export interface Behind {
  readonly questions: Questions;
  readonly events: PlatformEvents;
  readonly openAnswers: OpenAnswers;
}

/** Where platforms come in before the bot is built: they are made first, and ask and tell through it. */
export interface Door {
  readonly questions: Questions;
  /** What is told before the door opens is passed on when it does. */
  readonly events: PlatformEvents;
  readonly openAnswers: OpenAnswers;
  /** From now on questions are answered and events are heard. */
  open(behind: Behind): void;
}

/** A door that asks people for a moment's patience, in `language`, until it is opened. */
export const createDoor = (language: string, sorry: (language: string) => string): Door => {
  let behind: Questions | undefined;
  const opened = Promise.withResolvers<Behind>();
  return {
    questions: {
      ask: async (name, question) =>
        behind ? behind.ask(name, question) : { kind: 'problem', text: sorry(question.language) },
      complete: (...typing) => behind?.complete(...typing) ?? [],
      picture: async (answer) => behind?.picture(answer),
      languageOf: (locale) => behind?.languageOf(locale) ?? language,
      channels: async (platform, workspace) => behind?.channels(platform, workspace) ?? [],
      view: async (channel, language) => (await opened.promise).questions.view(channel, language),
    },
    events: {
      invited: async (event) => (await opened.promise).events.invited(event),
      removed: async (event) => (await opened.promise).events.removed(event),
      changed: async (event) => (await opened.promise).events.changed(event),
    },
    openAnswers: {
      begin: async (answer) => (await opened.promise).openAnswers.begin(answer),
      end: async (id) => (await opened.promise).openAnswers.end(id),
      left: async (platform) => (await opened.promise).openAnswers.left(platform),
    },
    open: (bot) => {
      behind = bot.questions;
      opened.resolve(bot);
    },
  };
};
