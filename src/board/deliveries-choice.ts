import { DELIVERY_GROUP_IDS, type DeliveriesAsked, type PageAsked } from '../stories/deliveries-asked.ts';
import type { Story } from '../stories/story.ts';
import { STORY_KINDS } from '../stories/story-kinds.ts';
import type { Asked } from './figure-choice.ts';

const ROWS_PER_PAGE = 30;

export const STORY_KIND_IDS = Object.keys(STORY_KINDS) as Story['kind'][];

const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

/** Where in a list a query begins; what makes no sense is the beginning. */
export const pageAsked = (asked: Asked, limit = ROWS_PER_PAGE): PageAsked => {
  const before = numberOf(asked('before'));
  const after = before === undefined ? numberOf(asked('after')) : undefined;
  return { limit, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
};

/** The deliveries of a query; what makes no sense counts as not asked for. */
export const deliveriesAsked = (asked: Asked): DeliveriesAsked => {
  const group = DELIVERY_GROUP_IDS.find((id) => id === asked('state'));
  const kind = STORY_KIND_IDS.find((id) => id === asked('kind'));
  const platform = /^[a-z][a-z0-9-]{0,30}$/.exec(asked('platform') ?? '')?.[0];
  const channel = numberOf(asked('channel'));
  return {
    ...pageAsked(asked),
    ...(group !== undefined && { group }),
    ...(kind !== undefined && { kind }),
    ...(platform !== undefined && { platform }),
    ...(channel !== undefined && { channel }),
  };
};

/** What to change; null takes a filter away. A change leads to the newest. */
type Change = { readonly [K in Exclude<keyof DeliveriesAsked, 'limit'>]?: DeliveriesAsked[K] | null };

/** The query, with its question mark; empty for the newest of all. */
export const deliveriesQuery = (choice: DeliveriesAsked, change: Change = {}): string => {
  const { group, platform, channel, kind, before, after } = { ...choice, before: null, after: null, ...change };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ state: group, platform, channel, kind, before, after }))
    if (value !== undefined && value !== null) query.set(name, String(value));
  return query.size === 0 ? '' : `?${query}`;
};
