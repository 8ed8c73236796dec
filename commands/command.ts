import type { Card } from '../src/cards/card.ts';
import type { Invitation } from '../src/stories/platforms.ts';
import type { CommandContext } from './command-context.ts';

/** What can be typed for an option (options/read-kind.ts) and is suggested for it (complete.ts). */
export type OptionKind =
  /** A watched symbol by any of its names. */
  | 'symbol'
  /** Watched symbols by any of their names, at most MAX_SYMBOLS; read as ids with commas, unknown ones as typed. */
  | 'symbols'
  /** A subject of the ledger by any of its names. */
  | 'company'
  /** One of `choices`. */
  | 'choice'
  /** A day, YYYY-MM-DD. */
  | 'day'
  /** A time zone, by its IANA name or a city: `Asia/Seoul`. */
  | 'time-zone'
  /** `1h`, `90 min`; read as whole minutes, or as `session` for the end of the next session. */
  | 'duration'
  /** A local time; read as HH:MM of 24 hours. */
  | 'time'
  /** Whom a card can ping: a role, a user group; read as the platform's id, or as `none`. */
  | 'role'
  /** A symbol, watched or not; read as the id of a watched symbol, otherwise as a ticker in capitals. */
  | 'ticker'
  /** A language of the catalogue, by its tag or name: `ko`, `Korean`. */
  | 'language'
  /** Depths in percent, `10,20,30`; read as basis points, or as `off` or `default`. */
  | 'levels'
  /** Rises in percent, `20,50,100`; read as basis points, or as `off` or `default`. */
  | 'rises'
  /** One depth in percent, `20` or `2.5 %`; read as basis points. 0 means any depth. */
  | 'percent'
  /** Minutes of a fall within a session, `30min`, `1h`; read as a number of minutes. */
  | 'minutes'
  /** A price, `100`, `$1,250.50`, `below 100`; read as micro-units, after `below` or `above` if that was typed. */
  | 'price'
  /** Local hours, `22:00-07:00`; or `off`. */
  | 'hours'
  /** Kinds of cards, `drawdown,day`; or changes, `+recovery,-digest`; or `all`, or `default`. */
  | 'kinds'
  /** Days of the week, `mon-fri`; read as numbers from 1 (Monday) to 7, or as `every`. */
  | 'days'
  | 'text';

export interface Option {
  /** English, [a-z-]: `as-of`. Its labels are in the messages: command.<name>.option.<option>. */
  readonly name: string;
  readonly kind: OptionKind;
  readonly required?: boolean;
  /**
   * Values of a `choice`, or additional values of another kind. Their labels are in the messages, choice.<value>; the
   * value itself if it has none.
   */
  readonly choices?: readonly string[];
  /**
   * Of a `symbol` or `symbols`: a ticker that nobody watches may be named, too. It is read in capitals; the command runs in
   * a context that has it (`any-ticker.ts`).
   */
  readonly anyTicker?: boolean;
  /** Values suggested while a `text` is typed; others are accepted as well. */
  readonly suggestions?: readonly string[];
}

/** A command as it was typed, with the person and the channel. */
export interface Question {
  /** Values by option name, without options that were left out. Untrusted text of any length until `readOptions`. */
  readonly options: Readonly<Record<string, string>>;
  readonly language: string;
  readonly platform: string;
  /** The platform's id of the channel. */
  readonly channel: string;
  /** The platform's id of the person. */
  readonly asker: string;
  /** The asker as the platform shows the person; absent if it does not say. Untrusted. */
  readonly askerName?: string;
  /** The platform's id of the message whose button was pressed. */
  readonly message?: string;
  /** The platform's id of the server or workspace; absent in a direct message. */
  readonly workspace?: string;
  /** Whether the platform's rights let the person change this channel's settings. Called only for commands that do. */
  readonly mayChange?: () => Promise<boolean>;
  /**
   * Why nothing can be set up here and what to do, in the asker's language: a private conversation, a server that the bot is not in.
   * Absent: the bot is here.
   */
  readonly absence?: string;
  /** Where a person brings the bot into a place of their own. */
  readonly invitations?: readonly Invitation[];
  /** Why no card can be posted in this channel and who can change that, in the asker's language; absent: nothing is in the way. */
  readonly obstacle?: string;
  /** What cards would lack in this channel, in the asker's language. */
  readonly lacking?: string;
  /** The same two for platforms that have to be asked; called only for commands that promise cards. Never rejects. */
  readonly look?: () => Promise<PlaceLook>;
  /** What else becomes of cards in this channel, in the asker's language. */
  readonly remark?: string;
  /** Whether a ping of that id would notify anybody in this channel; undefined if that is not known. Absent: no platform tells. */
  readonly pings?: (id: string) => boolean | undefined;
  /** What people call whom that id pings, such as `@traders`; undefined if that is not known. Never rejects. Absent: no platform tells. */
  readonly pingName?: (id: string) => Promise<string | undefined>;
  /**
   * Tells the asker alone something more after the answer, as long as the platform allows it; false if it did not arrive, or may not
   * have. Never rejects. Absent: the platform cannot.
   */
  readonly tellLater?: (text: string) => Promise<boolean>;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Whether cards can be posted in a channel, in the asker's language. */
export type PlaceLook = Pick<Question, 'obstacle' | 'lacking'>;

export type Answer =
  /** `forAsker`: visible to the asker alone. */
  | { readonly kind: 'card'; readonly card: Card; readonly forAsker?: boolean }
  /**
   * One sentence that says what to type instead, visible to the asker alone. `invites`: the platform adds where to invite the
   * bot, if it has such a page.
   */
  | { readonly kind: 'problem'; readonly text: string; readonly invites?: true };

/** A command, the same on every platform. */
export interface Command {
  /** `quote`, or `facts list`: at most one subcommand. */
  readonly name: string;
  readonly options: readonly Option[];
  /** Whether a platform with one slash command for all (`/slidewatch quote`) has it by itself, too (`/quote`). */
  readonly standalone: boolean;
  /** Whether it changes the channel, which requires the right to manage it. */
  readonly changes?: boolean;
  /** Whether the answer promises cards in this channel: it is refused where none can be posted. */
  readonly promisesCards?: (options: Question['options']) => boolean;
  /** Whether every card that it answers with is for the asker alone: known before it runs, so that nobody else sees it begin. */
  readonly forAsker?: boolean;
  /** Whether the answer may take longer than a second, so that platforms acknowledge the question first. */
  readonly slow?: boolean;
  /** Never rejects because of what a person typed; a source's failure becomes part of the answer. */
  run(question: Question, context: CommandContext): Promise<Answer>;
}
