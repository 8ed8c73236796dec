import type { PendingDelivery } from '../store/deliveries.ts';
import type { Story } from '../stories/story.ts';
import { deeperFirst } from './deeper.ts';

/** Milliseconds in which slides of several symbols count as one fall. */
export const TOGETHER_MS = 2 * 60_000;
/** So many symbols within that time are one roll-up card. */
const MIN_ROLLUP_SYMBOLS = 3;

/** A delivery with the story that it owes. */
export interface DeliveryWithStory extends PendingDelivery {
  readonly story: Story;
}

export interface DeliveryGroup {
  /** Deliveries whose stories the card tells, oldest first; one, or three slides and more. */
  readonly deliveries: readonly DeliveryWithStory[];
  /** Deliveries of a symbol that another one of it, in this batch, tells better. */
  readonly merged: readonly DeliveryWithStory[];
}

/** True where `a` tells of the same symbol what `b` does, and more, or later. */
const tellsBetter = (a: Story, b: Story): boolean => a.kind === 'slide' && b.kind === 'slide' && deeperFirst(a, b) <= 0;

/**
 * What goes out as one card, of the deliveries of one channel that came within two minutes of the first (oldest
 * first): of each symbol's slides the deepest, the later of equals; three symbols or more in one roll-up, fewer each
 * by itself, so the first's alone. Only slides are grouped.
 */
export const groupDeliveries = (owed: readonly DeliveryWithStory[]): DeliveryGroup => {
  const [first] = owed;
  if (!first) return { deliveries: [], merged: [] };
  if (first.story.kind !== 'slide') return { deliveries: [first], merged: [] };
  const slides = owed.filter(({ story }) => story.kind === 'slide');
  const best = new Map<string, DeliveryWithStory>();
  for (const it of slides) {
    const known = best.get(it.symbol);
    if (!known || tellsBetter(it.story, known.story)) best.set(it.symbol, it);
  }
  const together = best.size >= MIN_ROLLUP_SYMBOLS ? slides : slides.filter(({ symbol }) => symbol === first.symbol);
  const isTold = (it: DeliveryWithStory): boolean => best.get(it.symbol) === it;
  return { deliveries: together.filter(isTold), merged: together.filter((it) => !isTold(it)) };
};
