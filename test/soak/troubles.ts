import type { DiscordDouble } from '../doubles/discord/double.ts';
import { type Fault as DiscordFault, type Asked as DiscordRequest, page, refusal } from '../doubles/discord/faults.ts';
import { seeded } from '../doubles/random.ts';
import type { Call } from '../doubles/slack/call.ts';
import type { SlackDouble } from '../doubles/slack/double.ts';
import type { Failure } from '../doubles/slack/failures.ts';
import type { Fault as YahooFault } from '../doubles/yahoo/faults.ts';
import type { YahooDouble } from '../doubles/yahoo/index.ts';
import type { Cast } from './cast.ts';

/** Fraction of the requests that fail. */
const FAILURE_RATE = 1 / 3;

const DISCORD: readonly DiscordFault[] = [
  { kind: 'too-many', retryAfter: 1, scope: 'user' },
  { kind: 'too-many', retryAfter: 1, scope: 'global' },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 502 },
  { kind: 'hang' },
  { kind: 'hang-in-body' },
  { kind: 'lose-answer' },
  { kind: 'disconnect' },
];

const SLACK: readonly Failure[] = [
  { kind: 'ratelimited', retryAfter: 1 },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503, applied: true },
  { kind: 'error', error: 'internal_error' },
  { kind: 'error', error: 'fatal_error', applied: true },
  { kind: 'hang' },
  { kind: 'hang', applied: true },
  { kind: 'disconnect' },
  { kind: 'disconnect', applied: true },
  // The bot gives up after ten seconds.
  { kind: 'late', afterMs: 25_000 },
];

/** What happens to edits beside that. */
const DISCORD_EDITS: readonly DiscordFault[] = [
  refusal(404, 10_008, 'Unknown Message'),
  { kind: 'answer', status: 429, body: '{"message":"Maximum number of edits","retry_after":3,"code":30046}' },
  page(502),
  { kind: 'lose-answer' },
  { kind: 'hang' },
];
const SLACK_EDITS: readonly Failure[] = [
  { kind: 'error', error: 'cant_update_message' },
  { kind: 'error', error: 'edit_window_closed' },
  { kind: 'error', error: 'message_not_found' },
  { kind: 'ratelimited', retryAfter: 3 },
  { kind: 'status', status: 503, applied: true },
];

const isDiscordEdit = ({ method, path }: DiscordRequest): boolean =>
  method === 'PATCH' && /^\/channels\/\d+\/messages\/\d+$/.test(path);
const isSlackEdit = ({ method }: Call): boolean => method === 'chat.update';

const YAHOO: readonly YahooFault[] = [
  'server-error',
  'edge-429',
  'json-429',
  'invalid-crumb',
  'empty-result',
  'hang',
  'disconnect',
];

export interface Doubles {
  readonly discord: DiscordDouble;
  readonly slack: SlackDouble;
  readonly yahoo: YahooDouble;
}

/** The spells that are cast on each platform: a request meets one of them, or else its own bad luck. */
export interface Casts {
  readonly discord: Cast<DiscordRequest, DiscordFault>;
  readonly slack: Cast<Call, Failure>;
}

/**
 * Makes a third of all requests fail until the returned function is called. At Yahoo only quotes fail: a missing
 * history would delay some symbols, and with them change which falls share a card. Where a busy machine delays one all the
 * same, the bot asks for some of the `tickers` only, and gets nothing: the falls of a step are seen together or not at all.
 */
export const injectFaults = (
  { discord, slack, yahoo }: Doubles,
  casts: Casts,
  { seed, tickers }: { readonly seed: number; readonly tickers: number },
): (() => void) => {
  let over = false;
  const pick = <T>(random: () => number, from: readonly T[]): T | undefined =>
    over || random() >= FAILURE_RATE ? undefined : from[Math.floor(random() * from.length)];
  const [ofDiscord, ofSlack, ofYahoo] = [seeded(seed), seeded(seed + 1), seeded(seed + 2)];
  discord.fail((request) =>
    casts.discord.meet(request, () => pick(ofDiscord, isDiscordEdit(request) ? DISCORD_EDITS : DISCORD)),
  );
  slack.fail((call) => casts.slack.meet(call, () => pick(ofSlack, isSlackEdit(call) ? SLACK_EDITS : SLACK)));
  yahoo.fail(({ endpoint, query }) => {
    if (endpoint !== 'quote') return undefined;
    const asked = query.get('symbols')?.split(',').length ?? 0;
    // After the bell only the companies are asked for.
    const isPart = asked < tickers && !query.get('fields')?.includes('postMarketPrice');
    return pick(ofYahoo, YAHOO) ?? (isPart ? 'server-error' : undefined);
  });
  return () => {
    over = true;
  };
};
