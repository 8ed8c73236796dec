import type { DiscordDouble } from '../doubles/discord/double.ts';
import type { Fault as DiscordFault } from '../doubles/discord/faults.ts';
import { seeded } from '../doubles/random.ts';
import type { SlackDouble } from '../doubles/slack/double.ts';
import type { Failure } from '../doubles/slack/failures.ts';
import type { Fault as YahooFault } from '../doubles/yahoo/faults.ts';
import type { YahooDouble } from '../doubles/yahoo/index.ts';

/** The share of the requests that go wrong. */
const RATE = 1 / 3;

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
];

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

/**
 * Lets a third of all requests go wrong, until the returned function is called. Of Yahoo's only the quotes: which
 * symbols the bot sees at once decides what is one card, and with a history missing it would see some of them later.
 */
export const makeTrouble = ({ discord, slack, yahoo }: Doubles, seed: number): (() => void) => {
  let over = false;
  const pick = <T>(random: () => number, from: readonly T[]): T | undefined =>
    over || random() >= RATE ? undefined : from[Math.floor(random() * from.length)];
  const [ofDiscord, ofSlack, ofYahoo] = [seeded(seed), seeded(seed + 1), seeded(seed + 2)];
  discord.fail(() => pick(ofDiscord, DISCORD));
  const heal = slack.fail(() => pick(ofSlack, SLACK));
  yahoo.fail(({ endpoint }) => (endpoint === 'quote' ? pick(ofYahoo, YAHOO) : undefined));
  return () => {
    over = true;
    heal();
  };
};
