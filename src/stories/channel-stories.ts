import type { Micros } from '../market/money.ts';
import type { Alert } from './alert.ts';
import type { Pause } from './pause.ts';
import type { SlideStory } from './slide-story.ts';

/** One alert or recovery that quiet hours have held back. */
export interface HeldBack {
  readonly symbol: string;
  readonly name: { readonly en: string; readonly ko: string };
  readonly unit: SlideStory['unit'];
  readonly price: Micros;
  /** Epoch milliseconds of the trade. */
  readonly at: number;
  readonly headline:
    | Alert
    /** A new high after a fall from `peak`. */
    | { readonly kind: 'recovery'; readonly peak: Micros };
}

/** What the quiet hours of a channel have held back. */
export interface SummaryStory {
  readonly kind: 'summary';
  readonly symbol: '*';
  /** Epoch milliseconds of the first that was held and of the end. */
  readonly from: number;
  readonly to: number;
  /** Oldest first; at least two. */
  readonly held: readonly HeldBack[];
}

/** No prices for five minutes of a session, or prices again. */
export interface NoticeStory {
  readonly kind: 'notice';
  readonly symbol: '*';
  readonly notice: 'no-data' | 'data-back';
  readonly source: string;
  /** Epoch milliseconds since when there was none. */
  readonly since: number;
  /** Epoch milliseconds of the notice. */
  readonly at: number;
}

/** The first message to a place that the bot was invited to: what to do next. */
export interface GreetingStory {
  readonly kind: 'greeting';
  readonly symbol: '*';
  /** Where it is read: commands are typed in another way on each. */
  readonly platform: string;
  /** True where cards come there from now on, without a `/setup`. */
  readonly destination: boolean;
}

/** That another channel of the same server or workspace gets nothing any more, where nobody could be told of it in person. */
export interface ChannelNoticeStory {
  readonly kind: 'trouble';
  readonly symbol: '*';
  readonly platform: string;
  readonly workspace: string;
  /** The platform's own id of that channel. */
  readonly address: string;
  /** Absent where the channel is gone. */
  readonly pause?: Pause;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** A card that says that cards arrive. */
export interface TestStory {
  readonly kind: 'test';
  readonly symbol: '*';
  /** Epoch milliseconds. */
  readonly at: number;
}
