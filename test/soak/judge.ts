import { LONGEST_GATHER_MS } from '../../src/stories/slide-window.ts';
import type { DiscordDouble } from '../doubles/discord/double.ts';
import type { SlackDouble } from '../doubles/slack/double.ts';
import { type Counted, countCards } from './count.ts';
import { type Absence, type Journal, placeKey } from './disturb.ts';
import { headlineFor, nameOf, type SeenFall } from './expected.ts';
import type { Look, SlideDelivery, Told } from './look.ts';
import type { SoakMute } from './people.ts';
import type { SoakChannel } from './places.ts';

/** How many cards of a channel are as they should be, and what is not. */
interface Judged {
  readonly delivered: number;
  readonly lost: number;
  readonly twice: number;
  readonly outOfOrder: number;
  /** Falls that the channel got no card of, because it was out of use. */
  readonly goneWithChannel: number;
  /** Cards that tell of no fall, such as that the bot is back. */
  readonly notices: number;
  /** Cards that say what has become of their falls. */
  readonly edited: number;
  readonly faults: readonly string[];
}

interface JudgeParts {
  readonly discord: DiscordDouble;
  readonly slack: SlackDouble;
  readonly look: Look;
  readonly journal: Journal;
  readonly seen: readonly SeenFall[];
  readonly mutes: readonly SoakMute[];
  /** Prints a simulated instant. */
  readonly time: (at: number) => string;
}

export interface PostedCard {
  /** Undefined for one that tells of no fall of the day. */
  readonly name: string | undefined;
  /** What such a one tells. */
  readonly told?: Told | undefined;
  /** The platform's own id. */
  readonly messageId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** All its text. */
  readonly text: string;
}

/** Says of a symbol that it went deeper, on a card of several or of one. */
const DEEPER = /(?:\b([A-Z]+7?) )?(?:deeper since|Deeper since|이후 추가 하락)/g;

/** All text of a message, in one line. */
export const wordsOf = (message: unknown): string => JSON.stringify(message).replaceAll('\\n', ' ');

/** What edits have made of a channel's cards that is not as it should be: each line once, and a deeper card after it. */
const editFaults = (key: string, cards: readonly PostedCard[]): { edited: number; faults: string[] } => {
  let edited = 0;
  const faults = cards.flatMap(({ name, text }, place): string[] => {
    if (name === undefined) return [];
    const told = [...text.matchAll(DEEPER)].map(([, symbol]) => symbol ?? '');
    if (told.length > 0) edited += 1;
    const symbols = name.split(' + ').map((it) => it.split(' ')[0] ?? '');
    const later = cards.slice(place + 1).flatMap((card) => (card.name ?? '').split(' + '));
    const isMeant = (symbol: string): boolean => later.some((it) => it.startsWith(`${symbol} `));
    const isRight = told.every((symbol) =>
      symbol === '' ? symbols.length === 1 && isMeant(symbols[0] ?? '') : symbols.includes(symbol) && isMeant(symbol),
    );
    return new Set(told).size === told.length && isRight
      ? []
      : [`a wrong edit in ${key}: ${name} says ${told.join(', ')}`];
  });
  return { edited, faults };
};

const batchOf = (key: unknown): number => Number.parseInt(String(key).split('-').at(-1) ?? '', 36);

const slackKey = (metadata: unknown): unknown =>
  (metadata as { readonly event_payload?: { readonly key?: unknown } } | undefined)?.event_payload?.key;

/** Returns a function that gives the cards in a channel, oldest first. */
export const cardsByChannel = async ({
  discord,
  slack,
  look,
  mutes,
}: Pick<JudgeParts, 'discord' | 'slack' | 'look' | 'mutes'>) => {
  const [cards, others] = [await look.cards(), await look.others()];
  const name = (key: unknown): string | undefined =>
    cards.has(batchOf(key)) ? cards.get(batchOf(key)) : `an unknown card ${String(key)}`;
  /** What everybody sees of a command in a channel where somebody has muted: it has no key. */
  const isAnswer = (address: string, key: unknown): boolean =>
    key === undefined && mutes.some(({ channel }) => channel.address === address);
  return ({ platform, address }: SoakChannel): PostedCard[] =>
    platform === 'discord'
      ? discord.messages(address).map(({ id, nonce, at, payload }) => ({
          ...{ name: name(nonce), told: others.get(batchOf(nonce)), messageId: id, at },
          text: wordsOf(payload),
        }))
      : slack.messages(address).flatMap(({ metadata, ts, blocks }) =>
          isAnswer(address, slackKey(metadata))
            ? []
            : {
                ...{ name: name(slackKey(metadata)), told: others.get(batchOf(slackKey(metadata))), messageId: ts },
                at: Math.round(Number(ts) * 1_000),
                text: wordsOf(blocks),
              },
        );
};

/** Whether a channel that was out of use was owed nothing for a fall: it was gone by then, or took what was owed with it. */
const isExcused = (
  fall: SeenFall,
  delivery: SlideDelivery | undefined,
  absences: readonly Absence[],
  posted: ReadonlySet<string>,
): boolean => {
  if (posted.has(nameOf(fall.symbol, fall.price))) return false;
  if (delivery === undefined) return absences.some(({ from, to }) => fall.storedAt >= from && fall.seenAt <= to);
  const { state, settledAt } = delivery;
  return state === 'gone' && absences.some(({ from, to }) => settledAt >= from && settledAt <= to);
};

const stoodFor = (deeper: SeenFall, fall: SeenFall): boolean =>
  deeper !== fall &&
  deeper.symbol === fall.symbol &&
  deeper.to >= fall.to &&
  deeper.seenAt - fall.seenAt <= LONGEST_GATHER_MS;

/** Returns a function that compares the cards of a channel with the expected ones. */
export const judgeChannel = async (parts: JudgeParts): Promise<(channel: SoakChannel) => Judged> => {
  const { look, journal, seen, mutes, time } = parts;
  const cardsIn = await cardsByChannel(parts);
  const deliveries = Map.groupBy(await look.slides(), placeKey);
  return (channel) => {
    const key = placeKey(channel);
    const own = new Map((deliveries.get(key) ?? []).map((it) => [it.name, it]));
    const all = cardsIn(channel);
    const posted = all.flatMap(({ name, at }) => (name === undefined ? [] : [{ name, at }]));
    const shown = new Set(posted.flatMap(({ name }) => name.split(' + ')));
    const isMuted = ({ symbol, seenAt }: SeenFall): boolean =>
      mutes.some((it) => placeKey(it.channel) === key && it.symbol === symbol && seenAt >= it.from);
    const owed = seen.filter((fall) => headlineFor(channel, fall) !== undefined && !isMuted(fall));
    const deliveryOf = ({ symbol, price }: SeenFall) => own.get(nameOf(symbol, price));
    const gone = owed.filter((fall) => isExcused(fall, deliveryOf(fall), journal.absences.get(key) ?? [], shown));
    // What a deeper fall of its symbol stood for went with that one.
    const covered = owed.filter(
      (fall) => deliveryOf(fall)?.state === 'merged' && gone.some((other) => stoodFor(other, fall)),
    );
    const excused = [...gone, ...covered];
    const counted: Counted = countCards(
      channel,
      owed.filter((fall) => !excused.includes(fall)),
      posted.map(({ name }) => name.split(' + ')),
    );
    const faults = (['lost', 'twice', 'outOfOrder', 'unasked'] as const).flatMap((what) =>
      counted[what].map((card) => {
        const times = posted.flatMap((it) => (it.name.includes(card) ? time(it.at) : []));
        return `${what} in ${key}: ${card}${times.length > 0 ? ` (posted at ${times.join(' and ')})` : ''}`;
      }),
    );
    const edits = editFaults(key, all);
    return {
      delivered: counted.delivered,
      lost: counted.lost.length,
      twice: counted.twice.length,
      outOfOrder: counted.outOfOrder.length,
      goneWithChannel: excused.length,
      notices: all.length - posted.length,
      edited: edits.edited,
      faults: [...faults, ...edits.faults],
    };
  };
};
