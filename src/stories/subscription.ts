/** Why a person's last direct message was refused. */
export type PersonRefusal =
  /** The person takes no direct messages, or is not there any more: the subscription has ended. */
  | 'closed'
  /** The platform takes none for another reason: the subscription goes on. */
  | 'refused';

/** A person's wish for a direct message with each alert of a symbol in a channel. Times in epoch milliseconds. */
export interface Subscription {
  readonly id: number;
  readonly channelId: number;
  readonly symbol: string;
  readonly expiresAt: number;
  readonly refusal?: { readonly kind: PersonRefusal; readonly at: number };
}
