import type { Rules, Watchlist } from '../../market/watchlist.ts';
import type { ActiveMute } from '../../store/mutes.ts';
import type { ChannelStatus } from '../../store/schema.ts';
import type { Alert } from '../../stories/alert.ts';
import type { ChannelSettings } from '../../stories/channel.ts';
import type { FanoutPlan } from '../../stories/fanout-plan.ts';
import type { Untold } from '../../stories/untold.ts';

export interface RouteParts {
  readonly watchlist: Watchlist;
  /** IANA name; for channels without their own. */
  readonly timeZone: string;
}

/** A channel for which is decided whether it gets a plan's story. */
export interface PlanChannel {
  readonly id: number;
  readonly status: ChannelStatus;
  readonly settings: ChannelSettings;
}

/** What is decided, and by what. */
export interface PlanQuestion extends RouteParts {
  readonly plan: FanoutPlan;
  /** A channel's rules for the plan's symbol. */
  rulesOf(settings: ChannelSettings): Rules;
  /** The key of a channel's digest times; empty if it wants no digest. */
  digestKeyOf(settings: ChannelSettings): string;
  /** A slide's alerts at a channel's own levels, of the kinds that it wants; none if the plan is about something else. */
  matched(settings: ChannelSettings): readonly Alert[];
}

/** What stands in the store about the channels of a question. */
export interface ChannelFacts {
  /** The end of the quiet hours that hold cards now, epoch milliseconds. */
  quietEnd(settings: ChannelSettings): number | undefined;
  /** Mutes that hold the plan's symbol back, by channel. */
  readonly mutes: ReadonlyMap<number, ActiveMute>;
  /** Channels that have the plan's digest already. */
  readonly withDigest: ReadonlySet<number>;
  /** Channels that got one of the stories that the plan withdraws. */
  readonly withAlert: ReadonlySet<number>;
}

/** Decides by what a channel has set. Undefined: the next step decides. */
export type SettingsStep = (channel: Omit<PlanChannel, 'id'>, question: PlanQuestion) => Untold | undefined;

/** Decides by what stands in the store. Undefined: the next step decides. */
export type FactsStep = (channel: PlanChannel, question: PlanQuestion, facts: ChannelFacts) => Untold | undefined;
