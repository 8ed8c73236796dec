import type { Alert } from './alert.ts';
import type { CardKind } from './card-kinds.ts';

/** Who is told of what, before anybody is looked up: stored in `fanouts.plan` and turned into deliveries channel by channel. */
export type FanoutPlan =
  | {
      readonly kind: 'slide';
      readonly symbol: string;
      /** As the machine raised them, for the rules of all channels together. */
      readonly alerts: readonly Alert[];
      /** Story ids by `toldKey` of the alerts that a channel is told. */
      readonly stories: Readonly<Record<string, number>>;
    }
  | {
      readonly kind: 'recovery';
      readonly symbol: string;
      /** The deepest level that had fired, in basis points. */
      readonly level: number;
      readonly story: number;
    }
  /** Everybody who wants the kind of card and, where a symbol is named, watches that. */
  | { readonly kind: 'all'; readonly wanted: CardKind; readonly symbol?: string; readonly story: number }
  | {
      readonly kind: 'digest';
      /** The session, or the closed day. */
      readonly day: string;
      /** Story ids by the `digestKey` of the channels that it is due for. */
      readonly stories: Readonly<Record<string, number>>;
    };
