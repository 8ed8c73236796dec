import type { Questions } from '../../commands/questions.ts';
import type { PlatformEvents } from '../channels/platform-events.ts';
import type { PendingReplies } from '../stories/pending-reply.ts';

/** What stands behind the door. */
export interface PlatformHandlers {
  readonly questions: Questions;
  readonly events: PlatformEvents;
  readonly pendingReplies: PendingReplies;
}

/** Where platforms come in before the bot is built: they are made first, and ask and tell through it. */
export interface DeferredHandlers {
  readonly questions: Questions;
  /** What is told before the door opens is passed on when it does. */
  readonly events: PlatformEvents;
  readonly pendingReplies: PendingReplies;
  /** From now on questions are answered and events are heard. */
  open(behind: PlatformHandlers): void;
}

/** A door that asks people for a moment's patience, in `language`, until it is opened. */
export const createDeferredHandlers = (language: string, sorry: (language: string) => string): DeferredHandlers => {
  let behind: Questions | undefined;
  const opened = Promise.withResolvers<PlatformHandlers>();
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
    pendingReplies: {
      begin: async (answer) => (await opened.promise).pendingReplies.begin(answer),
      end: async (id) => (await opened.promise).pendingReplies.end(id),
      left: async (platform) => (await opened.promise).pendingReplies.left(platform),
    },
    open: (bot) => {
      behind = bot.questions;
      opened.resolve(bot);
    },
  };
};
