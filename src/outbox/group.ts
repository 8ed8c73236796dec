import { deeperStoryFirst, isOfRise, isRise } from '../slides/alert-kinds.ts';
import type { PendingDelivery } from '../store/deliveries.ts';
import type { Story } from '../stories/story.ts';

/** Slides of this many symbols that come together are one roll-up card; gathered ones are one, however many. */
const MIN_ROLLUP_SYMBOLS = 3;

export interface DeliveryWithStory extends PendingDelivery {
  readonly story: Story;
}

interface DeliveryGroup {
  /** Deliveries whose stories the card shows, oldest first: one, or three slides and more. */
  readonly deliveries: readonly DeliveryWithStory[];
  /** Deliveries that another one of the same symbol on this card replaces. */
  readonly merged: readonly DeliveryWithStory[];
}

/**
 * By what a card's slides replace each other: a price that was set is told once, so nothing deeper stands for it; nor does
 * a fall stand for a rise.
 */
const lineOf = ({ id, symbol, story }: DeliveryWithStory): string => {
  if (story.kind !== 'slide') return symbol;
  const isMixed = !isOfRise(story) && story.alerts.some(isRise);
  if (isMixed || story.alerts.some(({ kind }) => kind === 'price')) return `${symbol} ${id}`;
  return isOfRise(story) ? `${symbol} up` : symbol;
};

/** Whether the slide `later` replaces the slide `earlier` of the same symbol. */
const replaces = (later: Story, earlier: Story): boolean =>
  later.kind === 'slide' && earlier.kind === 'slide' && deeperStoryFirst(later, earlier) <= 0;

/**
 * Chooses what goes on one card from the open deliveries of a channel, oldest first. Of each symbol's slides the deepest
 * stays, the later one of equals. Three symbols or more are one roll-up, and so is all that was `gathered` while the channel
 * was shut; else the card shows the first one's symbol alone. Only slides are grouped.
 */
export const groupDeliveries = (candidates: readonly DeliveryWithStory[], gathered = false): DeliveryGroup => {
  const [first] = candidates;
  if (!first) return { deliveries: [], merged: [] };
  if (first.story.kind !== 'slide') return { deliveries: [first], merged: [] };
  const slides = candidates.filter(({ story }) => story.kind === 'slide');
  const deepest = new Map<string, DeliveryWithStory>();
  for (const it of slides) {
    const known = deepest.get(lineOf(it));
    if (!known || replaces(it.story, known.story)) deepest.set(lineOf(it), it);
  }
  const areTogether = gathered || new Set(slides.map(({ symbol }) => symbol)).size >= MIN_ROLLUP_SYMBOLS;
  const onCard = areTogether ? slides : slides.filter((it) => lineOf(it) === lineOf(first));
  const isShown = (it: DeliveryWithStory): boolean => deepest.get(lineOf(it)) === it;
  return { deliveries: onCard.filter(isShown), merged: onCard.filter((it) => !isShown(it)) };
};
