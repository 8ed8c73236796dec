import type { Questions } from '../../commands/questions.ts';
import type { PlatformEvents } from '../channels/platform-events.ts';
import type { PendingReplies } from '../stories/pending-reply.ts';

/** What platforms call: commands, events, and questions that wait for an answer. */
export interface PlatformHandlers {
  readonly questions: Questions;
  readonly events: PlatformEvents;
  readonly pendingReplies: PendingReplies;
}

/** Handlers that platforms get before the bot is built. */
export interface DeferredHandlers {
  readonly questions: Questions;
  /** Events before `open` are passed on after it. */
  readonly events: PlatformEvents;
  readonly pendingReplies: PendingReplies;
  /** From now on calls go to these handlers. */
  open(handlers: PlatformHandlers): void;
}

/** Until `open`, questions are answered with `startingText`. `language`: the bot's own. */
export const createDeferredHandlers = (
  language: string,
  startingText: (language: string) => string,
): DeferredHandlers => {
  let questions: Questions | undefined;
  const opened = Promise.withResolvers<PlatformHandlers>();
  return {
    questions: {
      ask: async (name, question) =>
        questions ? questions.ask(name, question) : { kind: 'problem', text: startingText(question.language) },
      complete: (...typing) => questions?.complete(...typing) ?? [],
      picture: async (answer) => questions?.picture(answer),
      languageOf: (locale) => questions?.languageOf(locale) ?? language,
      channels: async (platform, workspace) => questions?.channels(platform, workspace) ?? [],
      view: async (channel, language) => (await opened.promise).questions.view(channel, language),
    },
    events: {
      invited: async (event) => (await opened.promise).events.invited(event),
      removed: async (event) => (await opened.promise).events.removed(event),
      left: async (event) => (await opened.promise).events.left(event),
      moved: async (event) => (await opened.promise).events.moved(event),
      changed: async (event) => (await opened.promise).events.changed(event),
      used: async (event) => (await opened.promise).events.used(event),
    },
    pendingReplies: {
      begin: async (answer) => (await opened.promise).pendingReplies.begin(answer),
      end: async (id) => (await opened.promise).pendingReplies.end(id),
      left: async (platform) => (await opened.promise).pendingReplies.left(platform),
    },
    open: (handlers) => {
      questions = handlers.questions;
      opened.resolve(handlers);
    },
  };
};
