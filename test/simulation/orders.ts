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
    /** Of a symbol, or of all for `*`, for `ms` milliseconds. */
    | { readonly kind: 'mute'; readonly symbol: string; readonly ms: number }
    /** Of a symbol, or of all for `*`. */
    | { readonly kind: 'unmute'; readonly symbol: string };
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
  readonly settings: readonly ChannelSettings[];
}

const drawOne = (draw: Draw, { from, to, symbols, channels, moments, settings }: OrderFrame): Order[] => {
  const { platform, address } = draw.one(channels);
  const place = { platform, address };
  const near = draw.one(moments) + draw.number(-20, 20) * MINUTE_MS;
  const at = Math.round(draw.chance(0.5) ? near : draw.number(from + HOUR_MS, to - 4 * HOUR_MS));
  if (draw.chance(0.5)) return [{ at, ...place, what: { kind: 'settings', settings: draw.one(settings) } }];
  const symbol = draw.chance(0.3) ? '*' : draw.one(symbols);
  const ms = Math.round(draw.one([draw.number(10, 90), draw.number(90, 1_500), draw.number(400, 1_500)]) * MINUTE_MS);
  const mute: Order = { at, ...place, what: { kind: 'mute', symbol, ms } };
  const end = Math.round(at + draw.number(0.02, 0.5) * ms);
  const what = { kind: 'unmute', symbol: draw.chance(0.3) ? '*' : symbol } as const;
  return draw.chance(0.5) ? [mute, { at: end, ...place, what }] : [mute];
};

/** Draws what people want of the bot, oldest first; nothing in some scenarios. */
export const drawOrders = (draw: Draw, frame: OrderFrame): Order[] =>
  Array.from({ length: draw.chance(0.4) ? 0 : draw.whole(1, 8) }, () => drawOne(draw, frame))
    .flat()
    .toSorted((a, b) => a.at - b.at);
