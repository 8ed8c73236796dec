/** What a channel may want to be posted. `drawdown` covers depth below a peak and market value gone; `notice`: no data, and data again. */
export const CARD_KINDS = ['drawdown', 'day', 'figures', 'recovery', 'digest', 'notice'] as const;
export type CardKind = (typeof CARD_KINDS)[number];

/** What a channel gets that has said nothing about it. */
export const DEFAULT_KINDS: readonly CardKind[] = ['drawdown', 'day', 'figures', 'digest'];
