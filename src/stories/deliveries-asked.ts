import type { Story } from './story.ts';

/** The states of deliveries by what they mean to a person. */
export const DELIVERY_GROUPS = {
  /** It comes later. */
  waiting: ['pending', 'leased', 'quiet', 'unsure'],
  sent: ['sent'],
  /** It never came. */
  lost: ['failed', 'gone', 'expired'],
  /** It is not to come: told by another card, or not wanted. */
  spared: ['merged', 'summed', 'muted', 'withdrawn'],
} as const;

export type DeliveryGroup = keyof typeof DELIVERY_GROUPS;

export const DELIVERY_GROUP_IDS = Object.keys(DELIVERY_GROUPS) as DeliveryGroup[];

/** Of a list, newest first: a page goes on from the id of its neighbour's last or first entry. */
export interface PageAsked {
  /** Only older ones, or only newer ones. */
  readonly before?: number;
  readonly after?: number;
  readonly limit: number;
}

/** Which deliveries. */
export interface DeliveriesAsked extends PageAsked {
  readonly group?: DeliveryGroup;
  readonly platform?: string;
  /** The bot's own number of a channel. */
  readonly channel?: number;
  readonly kind?: Story['kind'];
}
