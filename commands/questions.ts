import type { ChannelView } from '../src/cards/answers/channel-rows.ts';
import type { Channel } from '../src/stories/channel.ts';
import type { Answer, Question } from './command.ts';

/** What a platform needs to answer questions. app.ts passes it to the platform's create function. */
export interface Questions {
  /** Answers a question. Never rejects: a failure is a `problem` with one sentence for the asker. */
  ask(name: string, question: Omit<Question, 'now'>): Promise<Answer>;
  /** At most 25 suggestions for a partly typed option: `value` is sent, `label` is shown. */
  complete(
    name: string,
    option: string,
    typed: string,
    language: string,
  ): readonly { readonly value: string; readonly label: string }[];
  /** The picture of an answer's card as PNG; undefined if it has none. Never rejects. */
  picture(card: Answer & { kind: 'card' }): Promise<Uint8Array | undefined>;
  /** The language for a person's locale, such as `ko` or `en-US`. */
  languageOf(locale: string | undefined): string;
  /** The open channels of a server or workspace, for a page of settings. */
  channels(platform: string, workspace?: string): Promise<readonly Channel[]>;
  /** The current state of a channel, for a card in a language. */
  view(channel: Channel, language: string): Promise<ChannelView>;
}
