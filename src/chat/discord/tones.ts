import type { Tone } from '../../cards/card.ts';

/** Accent colour of a card's edge, 0xRRGGBB. */
export const TONES: Readonly<Record<Tone, number>> = {
  calm: 0x6b7a8f,
  amber: 0xf2b01e,
  orange: 0xf27b1e,
  red: 0xe0383e,
  darkred: 0x8c1018,
};
