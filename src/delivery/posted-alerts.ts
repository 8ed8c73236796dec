import type { DeliveryWithStory } from '../outbox/group.ts';
import type { PostedAlert } from '../store/personal-pings.ts';
import type { HeldBack } from '../stories/channel-stories.ts';

/** The falls of a summary, of each symbol the newest. */
const heldAlerts = (held: readonly HeldBack[]): Pick<PostedAlert, 'symbol' | 'observedAt'>[] =>
  [...Map.groupBy(held, ({ symbol }) => symbol)].flatMap(([symbol, own]) => {
    const falls = own.filter(({ headline }) => headline.kind !== 'recovery');
    return falls.length === 0 ? [] : { symbol, observedAt: Math.max(...falls.map(({ at }) => at)) };
  });

/** The alerts on a card: its slides, or those that it sums up. */
export const postedAlerts = (deliveries: readonly DeliveryWithStory[]): PostedAlert[] =>
  deliveries.flatMap(({ id: deliveryId, story }) => {
    if (story.kind === 'slide') return { deliveryId, symbol: story.symbol, observedAt: story.observedAt };
    if (story.kind !== 'summary') return [];
    return heldAlerts(story.held).map((alert) => ({ ...alert, deliveryId }));
  });
