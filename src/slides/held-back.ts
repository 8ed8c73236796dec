import { compareRatios } from '../market/compare.ts';
import type { Micros } from '../market/money.ts';
import type { HeldBack } from '../stories/channel-stories.ts';
import type { Story } from '../stories/story.ts';
import { isRise, referencePrice } from './alert-kinds.ts';

/** What a story of a slide or a recovery tells once it was held back; nothing for other kinds. */
export const heldBackOf = (story: Story): HeldBack[] => {
  if (story.kind === 'recovery') {
    const { symbol, name, unit, price, observedAt: at, peak } = story;
    return [{ symbol, name, unit, price, at, headline: { kind: 'recovery', peak: peak.price } }];
  }
  if (story.kind !== 'slide') return [];
  const { symbol, name, unit, price, observedAt: at, alerts } = story;
  const [headline] = alerts;
  return headline ? [{ symbol, name, unit, price, at, headline }] : [];
};

/** The price that a fall or a recovery is measured from. */
export const baseOfHeld = ({ headline }: HeldBack): Micros =>
  headline.kind === 'recovery' ? headline.peak : referencePrice(headline);

const isHeldRise = ({ headline }: HeldBack): boolean => headline.kind !== 'recovery' && isRise(headline);

export const isHeldFall = (held: HeldBack): boolean => held.headline.kind !== 'recovery' && !isHeldRise(held);

/** The falls among what was held back, the deepest first. */
export const heldFalls = (held: readonly HeldBack[]): HeldBack[] =>
  held.filter(isHeldFall).toSorted((a, b) => compareRatios(a.price, baseOfHeld(a), b.price, baseOfHeld(b)));

/** The rises among what was held back, the largest first. */
export const heldRises = (held: readonly HeldBack[]): HeldBack[] =>
  held.filter(isHeldRise).toSorted((a, b) => compareRatios(b.price, baseOfHeld(b), a.price, baseOfHeld(a)));
