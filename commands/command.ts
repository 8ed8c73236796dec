import type { Card } from '../src/cards/card.ts';
import type { Desk } from './desk.ts';

/** What a person may type for an option, and how it is completed (commands/complete.ts). */
export type OptionKind =
  /** A watched symbol by any of its names. */
  | 'symbol'
  /** One of the seven, or OpenAI. */
  | 'company'
  /** One of `choices`. */
  | 'choice'
  /** A day, YYYY-MM-DD. */
  | 'day'
  | 'text';

export interface Option {
  /** English, as typed: `as-of`. Lower case, [a-z-]. Its words are in the messages: command.<name>.option.<option>. */
  readonly name: string;
  readonly kind: OptionKind;
  readonly required?: boolean;
  /** Values of a `choice`; their words are in the messages: choice.<value>, or the value itself. */
  readonly choices?: readonly string[];
  /** Values that are offered while a `text` is typed; others are taken, too. */
  readonly suggestions?: readonly string[];
}

/** A question as it arrives: what was typed, by whom, where. */
export interface Question {
  /** By option name; an option that was left out is absent. Untrusted text of any length. */
  readonly options: Readonly<Record<string, string>>;
  readonly language: string;
  readonly platform: string;
  /** The platform's id of the channel; of the person. */
  readonly channel: string;
  readonly asker: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

export type Answer =
  /** `forAsker`: nobody else in the channel sees it. */
  | { readonly kind: 'card'; readonly card: Card; readonly forAsker?: boolean }
  /** One sentence for the asker alone that says what to type instead. */
  | { readonly kind: 'problem'; readonly text: string };

/** One thing that can be asked, the same on every platform. */
export interface Command {
  /** `quote`, or `facts list`: at most one subcommand. */
  readonly name: string;
  readonly options: readonly Option[];
  /** True where it has a slash command of its own on Slack, beside `/slidewatch <name>`. */
  readonly ownOnSlack: boolean;
  /** True where the answer may take longer than a second: platforms acknowledge before they ask. */
  readonly slow?: boolean;
  /** Never rejects for what a person typed; a source's fault is told in the answer. */
  run(question: Question, desk: Desk): Promise<Answer>;
}
