import type { Micros } from '../market/money.ts';
import type { SymbolName } from '../market/symbol-name.ts';
import type { PriceUnit } from '../market/watchlist.ts';
import type { Alert } from './alert.ts';
import type { Pause } from './pause.ts';
import type { SlideStory } from './slide-story.ts';

/** An alert or recovery that quiet hours have held back. */
export interface HeldBack {
  readonly symbol: string;
  readonly name: SymbolName;
  readonly unit: PriceUnit;
  readonly price: Micros;
  /** Epoch milliseconds of the trade. */
  readonly at: number;
  readonly headline:
    | Alert
    /** A new high after a fall from `peak`. */
    | { readonly kind: 'recovery'; readonly peak: Micros };
}

/** The summary at the end of quiet hours: what they have held back. */
export interface SummaryStory {
  readonly kind: 'summary';
  readonly symbol: '*';
  /** Epoch milliseconds of the first that was held back, and of the end. */
  readonly from: number;
  readonly to: number;
  /** Oldest first; at least two. */
  readonly held: readonly HeldBack[];
}

/** The end of mutes of one channel, with what they have held back. */
export interface MuteEndStory {
  readonly kind: 'mute-end';
  readonly symbol: '*';
  /** The muted symbols; `*` for all. */
  readonly muted: readonly string[];
  /** How many alerts were held back by symbol, most first; `*` for cards about no symbol in particular. */
  readonly counts: readonly { readonly symbol: string; readonly count: number }[];
  /** The deepest fall among them; absent if there was none. */
  readonly deepest?: HeldBack;
  /** Epoch milliseconds of the end. */
  readonly at: number;
}

/** Notice that there have been no prices for five minutes of a session, or that they are back. */
export interface NoticeStory {
  readonly kind: 'notice';
  readonly symbol: '*';
  readonly notice: 'no-data' | 'data-back';
  readonly source: string;
  /** Start of the data gap, epoch milliseconds. */
  readonly since: number;
  /** Epoch milliseconds of the notice. */
  readonly at: number;
}

/** Greeting in a channel that the bot was invited to: what to do next. */
export interface GreetingStory {
  readonly kind: 'greeting';
  readonly symbol: '*';
  /** The platform it is read on: commands are typed differently on each. */
  readonly platform: string;
  /** Whether cards are posted there from now on, without `/setup`. */
  readonly destination: boolean;
  /** Whether they were posted there before, and the bot was away in between. */
  readonly back?: true;
}

/** Notice that another channel of the same server or workspace gets no more cards; posted if nobody could be notified in person. */
export interface ChannelNoticeStory {
  readonly kind: 'trouble';
  readonly symbol: '*';
  readonly platform: string;
  readonly workspace: string;
  /** The platform's own id of that channel. */
  readonly address: string;
  /** Absent if the channel is gone. */
  readonly pause?: Pause;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The slide that a test card shows. */
export interface TestSample {
  readonly slide: SlideStory;
  /** Whether it is the recorded one, because no alert of the channel's own is stored. */
  readonly recorded: boolean;
}

/** Test card: a slide of before as a card of its own, which takes the road of an alert. */
export interface TestStory {
  readonly kind: 'test';
  readonly symbol: '*';
  /** When it was asked for, epoch milliseconds. */
  readonly at: number;
  /** Absent if there was none to show: then the card only says that it has arrived. */
  readonly sample?: TestSample;
}
