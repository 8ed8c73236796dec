import type { Alert } from './alert.ts';
import type { Story } from './story.ts';

/** Which channels may get which story, before channels are looked up. Stored in `fanouts.plan`. */
export type FanoutPlan =
  | {
      readonly kind: 'slide';
      readonly symbol: string;
      /** As the machine raised them, under the rules of all channels in one. */
      readonly alerts: readonly Alert[];
      /** Story ids by `matchKey` of the alerts that match a channel's levels. */
      readonly stories: Readonly<Record<string, number>>;
    }
  | {
      readonly kind: 'recovery';
      readonly symbol: string;
      /** The deepest level that had fired, in basis points. */
      readonly level: number;
      readonly story: number;
    }
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
