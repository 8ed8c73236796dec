import type { Card } from '../src/cards/card.ts';
import type { CommandContext } from './command-context.ts';

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
  /** A time zone, by IANA name or a city's: `Asia/Seoul`. */
  | 'time-zone'
  /** How long, in whole minutes once read: `1h`, `90 min`, `3일`, or `session` for the end of the next session. */
  | 'duration'
  /** A local time, HH:MM of 24 hours. */
  | 'time'
  /** A role on Discord, a user group on Slack: the platform's own id once read, or `none`. */
  | 'role'
  /** A symbol that need not be watched: our id of one that is, or else a ticker as it was typed, in capitals. */
  | 'ticker'
  /** One of the catalogue's, by its tag or its name: `ko`, `Korean`, `한국어`. */
  | 'language'
  /** Depths in percent, `10,20,30`; basis points once read, or `off`, or `default`. */
  | 'levels'
  /** One depth in percent, `20` or `2.5 %`; basis points once read. 0 is all. */
  | 'percent'
  /** From one local time to another, `22:00-07:00`; or `off`. */
  | 'hours'
  /** Kinds of cards, `drawdown,day`; with `+` or `-` before them as a change of what there is; or `all`, or `default`. */
  | 'kinds'
  /** Days of the week, `mon-fri`; numbers from 1 (Monday) to 7 once read, or `every`. */
  | 'days'
  | 'text';

export interface Option {
  /** English, as typed: `as-of`. Lower case, [a-z-]. Its words are in the messages: command.<name>.option.<option>. */
  readonly name: string;
  readonly kind: OptionKind;
  readonly required?: boolean;
  /**
   * Values of a `choice`, and words that another kind takes besides; their own words are in the messages:
   * choice.<value>, or the value itself.
   */
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
  /** The platform's id of the server or workspace; absent in a direct message. */
  readonly workspace?: string;
  /** Whether the person may change this channel's settings, by the platform's own rights; asked only for commands that do. */
  readonly mayChange?: () => Promise<boolean>;
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
  /** True where it changes the channel: only who may manage it is let in. */
  readonly changes?: boolean;
  /** True where the answer may take longer than a second: platforms acknowledge before they ask. */
  readonly slow?: boolean;
  /** Never rejects for what a person typed; a source's fault is told in the answer. */
  run(question: Question, context: CommandContext): Promise<Answer>;
}
