/** One line of `/alerts history`: an alert that concerned the channel, and what became of it. */
export interface PastAlert {
  readonly symbol: string;
  /** `drawdown`, `day`, `value`, `recovery`, `figures` or `digest`. */
  readonly kind: string;
  /** Basis points, or billions of dollars for `value`; absent for the others. */
  readonly level?: number;
  readonly window?: number;
  /** Epoch milliseconds. */
  readonly at: number;
  /** A DeliveryState. */
  readonly state: string;
}
