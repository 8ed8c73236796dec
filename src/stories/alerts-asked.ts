import type { Alert } from './alert.ts';

/** Which alerts, the newest first. A price that somebody set is a channel's own: it is never among them. */
export interface AlertsAsked {
  readonly limit: number;
  /** Only alerts that were written before the one with this id. */
  readonly before?: number;
  readonly symbol?: string;
  readonly kind?: Alert['kind'];
  /** Epoch milliseconds: only alerts that fired then or later. */
  readonly since?: number;
  /** Whether those that turned out to be false are there, too. */
  readonly withdrawn?: boolean;
}
