import type { SessionDate } from '../market/calendar.ts';
import type { Alert } from './alert.ts';
import type { Story } from './story.ts';

/** Which channels may get which story, before channels are looked up. Stored in `fanouts.plan`. */
export type FanoutPlan =
  | {
      readonly kind: 'slide';
      readonly symbol: string;
      /** As the machine raised them, under the rules of all channels in one. */
      readonly alerts: readonly Alert[];
      /** By session, the id of the story of all its alerts, from which those of a channel's own are made. */
      readonly drafts: Readonly<Record<SessionDate, number>>;
      /** Ids of the stories that channels have needed so far, by `matchKey` of their alerts. */
      readonly stories: Readonly<Record<string, number>>;
    }
  | {
      readonly kind: 'recovery';
      readonly symbol: string;
      /** The deepest level that had fired, in basis points. */
      readonly level: number;
      readonly story: number;
    }
  /** For the channels that got one of these stories. */
  | { readonly kind: 'withdrawal'; readonly symbol: string; readonly of: readonly number[]; readonly story: number }
  /** For all channels that want this kind of story and, if a symbol is given, watch it. */
  | { readonly kind: 'all'; readonly of: Story['kind']; readonly symbol?: string; readonly story: number }
  | {
      readonly kind: 'digest';
      /** The session, or the closed day. */
      readonly day: string;
      /** Story ids by `digestKey` of the channels that the digest is due for. */
      readonly stories: Readonly<Record<string, number>>;
    };

/** The kind of a plan's stories. */
export const storyKindOf = (plan: FanoutPlan): Story['kind'] => (plan.kind === 'all' ? plan.of : plan.kind);

/** The symbol that a plan is about; `*` = none in particular. */
export const symbolOf = (plan: FanoutPlan): string => ('symbol' in plan ? (plan.symbol ?? '*') : '*');
