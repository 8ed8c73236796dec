import { createHash } from 'node:crypto';
import { createFixedCoolDown } from '../../http/cool-down.ts';
import { MINUTE_MS } from '../../util/durations.ts';
import { type Edit, editOutcomeOf, type Outcome, type Platform, PlatformError, type Posting } from '../platform.ts';
import { call } from './call.ts';
import { cardData } from './card-data.ts';
import { type Endpoint, faultOfUrl } from './endpoint.ts';
import { EVENT_VERSION, type WebhookEvent } from './event.ts';
import { outcomeOf } from './outcome.ts';
import { reach } from './reach.ts';
import { signedHeaders } from './signature.ts';
import { slideData } from './slide-data.ts';

/** Standard Webhooks asks senders to wait for 15 to 30 seconds. */
const TIMEOUT_MS = 20_000;
/** The wait after a 429 that names none. */
const BUSY_MS = MINUTE_MS;
const ANY_SYMBOL = '*';

interface WebhookOptions {
  readonly endpoints: readonly Endpoint[];
  /** The bot's time, epoch milliseconds. */
  readonly now?: () => number;
  /** Milliseconds of a clock that is never set. */
  readonly monotonic?: () => number;
  /** From the look-up to the head of an answer. */
  readonly timeoutMs?: number;
}

type Told = Pick<Posting, 'channelId' | 'card' | 'key' | 'stories'>;

const eventOf = (
  { channelId, card, key, stories = [] }: Told,
  { type, at }: { readonly type: WebhookEvent['type']; readonly at: number },
): WebhookEvent => ({
  type,
  timestamp: new Date(at).toISOString(),
  data: {
    version: EVENT_VERSION,
    channel: channelId,
    card_id: key,
    kind: card.kind,
    symbols: [...new Set(stories.map(({ symbol }) => symbol))].filter((symbol) => symbol !== ANY_SYMBOL),
    slides: stories.flatMap((story) => (story.kind === 'slide' ? slideData(story) : [])),
    card: cardData(card),
  },
});

/** The id of an update: the same for the same card, so that a try that is made again makes no second one. */
const updateId = ({ card_id: key, card }: WebhookEvent['data']): string =>
  `${key}-u${createHash('sha256').update(JSON.stringify(card)).digest('hex').slice(0, 12)}`;

/**
 * Addresses of other programs as channels: each card is one signed POST by the Standard Webhooks scheme. An event whose answer was
 * lost is sent again with its id, by which a receiver knows it.
 */
export const createWebhook = ({
  endpoints,
  now = Date.now,
  monotonic = () => performance.now(),
  timeoutMs = TIMEOUT_MS,
}: WebhookOptions): Platform => {
  const byName = new Map(endpoints.map((it) => [it.name, { ...it, coolDown: createFixedCoolDown(BUSY_MS) }]));
  const stopping = new AbortController();

  const send = async (channelId: string, event: WebhookEvent, id: string): Promise<Outcome> => {
    const endpoint = byName.get(channelId);
    if (!endpoint) return { kind: 'gone', reason: 'The channel is not in config/channels.yaml any more.' };
    const leftMs = endpoint.coolDown.left(monotonic());
    if (leftMs > 0) return { kind: 'later', reason: 'The receiver has asked for a pause.', afterMs: leftMs };
    const body = JSON.stringify(event);
    const result = await call(endpoint, {
      body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Slidewatch',
        ...signedHeaders(endpoint.secrets, { id, now: now(), body }),
      },
      timeoutMs,
      signal: stopping.signal,
    });
    const outcome = outcomeOf(result, endpoint, id);
    const afterMs = 'afterMs' in outcome ? outcome.afterMs : undefined;
    // A wait is for all events, not for the one that was refused.
    if (afterMs !== undefined || (result.kind === 'answered' && result.status === 429))
      endpoint.coolDown.begin(monotonic(), afterMs);
    return outcome;
  };

  return {
    name: 'webhook',
    independentChannels: true,
    start: async () => {},
    check: async (channelId) => {
      const endpoint = byName.get(channelId);
      if (!endpoint) return;
      const fault = faultOfUrl(endpoint) ?? (await reach(endpoint, { timeoutMs, signal: stopping.signal }));
      if (fault !== undefined) throw new PlatformError(`${endpoint.name}: ${fault}; check ${endpoint.urlVariable}`);
    },
    post: (posting) => {
      const event = eventOf(posting, { type: 'card.posted', at: posting.enqueuedAt ?? now() });
      return send(posting.channelId, event, posting.key);
    },
    edit: async (edit: Edit) => {
      const event = eventOf(edit, { type: 'card.updated', at: now() });
      return editOutcomeOf(await send(edit.channelId, event, updateId(event.data)));
    },
    stop: async () => stopping.abort(),
  };
};
