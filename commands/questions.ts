import type { ChannelView } from '../src/cards/answers/channel-view.ts';
import type { Channel } from '../src/stories/channel.ts';
import type { Answer, Question } from './command.ts';

/** What a platform needs to take questions: handed to its create function by app.ts. */
export interface Questions {
  /** Answers a question. Never rejects: whatever goes wrong is a `problem` with one sentence for the asker. */
  ask(name: string, question: Omit<Question, 'now'>): Promise<Answer>;
  /** Choices for an option that is being typed, at most 25: `value` is what is sent, `label` what is shown. */
  complete(
    name: string,
    option: string,
    typed: string,
    language: string,
  ): readonly { readonly value: string; readonly label: string }[];
  /** The picture of an answer's card as PNG; undefined where it has none. Never rejects. */
  picture(card: Answer & { kind: 'card' }): Promise<Uint8Array | undefined>;
  /** The language for a person's locale, such as `ko` or `en-US`. */
  languageOf(locale: string | undefined): string;
  /** The channels in use of a server or workspace, for a page of settings. */
  channels(platform: string, workspace?: string): Promise<readonly Channel[]>;
  /** A channel as it is now, ready to be told of in a language. */
  view(channel: Channel, language: string): Promise<ChannelView>;
}
