import type { ChannelSettings } from '../../src/stories/channel.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';
import type { Draw } from './draw.ts';

/** What a person wants of the running bot, in one channel. Times in epoch milliseconds. */
export interface Order {
  readonly at: number;
  readonly platform: string;
  readonly address: string;
  readonly what:
    | { readonly kind: 'settings'; readonly settings: ChannelSettings }
    /**
     * Of a symbol, or of all for `*`, for `ms` milliseconds; `by` somebody who presses a button of the channel's last card,
     * if it has one.
     */
    | { readonly kind: 'mute'; readonly symbol: string; readonly ms: number; readonly by?: string }
    /** Of a symbol, or of all for `*`. */
    | { readonly kind: 'unmute'; readonly symbol: string }
    /** Somebody wants a direct message with each alert of a symbol, or no more of them. */
    | { readonly kind: 'ping' | 'no-ping'; readonly symbol: string; readonly person: string }
    /** Whoever runs the bot confirms a company's guidance of capex of today, in millions of USD. */
    | { readonly kind: 'guidance'; readonly symbol: string; readonly millions: number };
}

/** An order with its end. A bot that ended in between is asked again: until `doneAt` nobody knows which holds. */
export interface GivenOrder extends Order {
  readonly askedAt: number;
  /** Infinite if it was never done. */
  readonly doneAt: number;
}

interface OrderFrame {
  readonly from: number;
  readonly to: number;
  readonly symbols: readonly string[];
  readonly channels: readonly { readonly platform: string; readonly address: string }[];
  /** When there is something to tell. */
  readonly moments: readonly number[];
  /** Whether a company has guided by itself on the day of an instant. */
  readonly hasGuided: (symbol: string, at: number) => boolean;
  /** Settings that somebody chooses at an instant. */
  readonly settingsAt: (at: number) => ChannelSettings;
}

/** Whom a card names that says who has muted. */
export const NAME = 'Ann';

const drawOne = (draw: Draw, { from, to, symbols, channels, moments, settingsAt }: OrderFrame): Order[] => {
  const { platform, address } = draw.one(channels);
  const place = { platform, address };
  const near = draw.one(moments) + draw.number(-20, 20) * MINUTE_MS;
  const at = Math.round(draw.chance(0.5) ? near : draw.number(from + HOUR_MS, to - 4 * HOUR_MS));
  if (draw.chance(0.5)) return [{ at, ...place, what: { kind: 'settings', settings: settingsAt(at) } }];
  const symbol = draw.chance(0.3) ? '*' : draw.one(symbols);
  const ms = Math.round(draw.one([draw.number(10, 90), draw.number(90, 1_500), draw.number(400, 1_500)]) * MINUTE_MS);
  const mute: Order = { at, ...place, what: { kind: 'mute', symbol, ms, ...(draw.chance(0.6) && { by: NAME }) } };
  const end = Math.round(at + draw.number(0.02, 0.5) * ms);
  const what = { kind: 'unmute', symbol: draw.chance(0.3) ? '*' : symbol } as const;
  return draw.chance(0.5) ? [mute, { at: end, ...place, what }] : [mute];
};

/** A person of this kind takes no direct messages. */
const SHUT = 'shut';
export const takesNone = (person: string): boolean => person.startsWith(SHUT);

/** Somebody subscribes to a symbol in some channels of a platform, and perhaps ends it. */
const drawPings = (draw: Draw, { from, to, symbols, channels, moments }: OrderFrame, nth: number): Order[] => {
  const { platform } = draw.one(channels);
  const person = `${draw.chance(0.1) ? SHUT : 'person'}-${nth}`;
  const symbol = draw.one(symbols);
  const places = channels.filter((it) => it.platform === platform).slice(0, draw.whole(1, 2));
  const timeOf = (): number =>
    Math.round(
      draw.chance(0.6)
        ? draw.number(from + MINUTE_MS, from + HOUR_MS)
        : draw.one(moments) - draw.number(-5, 30) * MINUTE_MS,
    );
  const begun = places.map(
    ({ address }): Order => ({ at: timeOf(), platform, address, what: { kind: 'ping', symbol, person } }),
  );
  const [first] = begun;
  if (!first || !draw.chance(0.3)) return begun;
  const end: Order = {
    ...first,
    at: Math.round(draw.number(Math.max(...begun.map(({ at }) => at)) + MINUTE_MS, to - 4 * HOUR_MS)),
    what: { kind: 'no-ping', symbol: draw.chance(0.5) ? '*' : symbol, person },
  };
  return [...begun, end];
};

/** A company whose guidance of the year is in the ledger, and what it might say: above and below all that it has said. */
const GUIDED = 'META';
const GUIDANCE = [90_000, 30_000];

const drawGuidance = (draw: Draw, { from, to, symbols, channels, moments, hasGuided }: OrderFrame): Order[] => {
  const [place] = channels;
  if (!place || !symbols.includes(GUIDED) || !draw.chance(0.5)) return [];
  const at = Math.round(draw.chance(0.5) ? draw.one(moments) : draw.number(from + HOUR_MS, to - 4 * HOUR_MS));
  const millions = draw.one(GUIDANCE);
  // The ledger has what it truly said that day: of two of one day, the company's own counts.
  if (hasGuided(GUIDED, at)) return [];
  return [{ at, ...place, what: { kind: 'guidance', symbol: GUIDED, millions } }];
};

/** Draws what people want of the bot, oldest first; nothing in some scenarios. */
export const drawOrders = (draw: Draw, others: Draw, frame: OrderFrame): Order[] =>
  [
    ...Array.from({ length: draw.chance(0.4) ? 0 : draw.whole(1, 8) }, () => drawOne(draw, frame)).flat(),
    ...Array.from({ length: others.chance(0.6) ? 0 : others.whole(1, 4) }, (_, nth) =>
      drawPings(others, frame, nth),
    ).flat(),
    ...drawGuidance(others, frame),
  ].toSorted((a, b) => a.at - b.at);
