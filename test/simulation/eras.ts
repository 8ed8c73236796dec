import type { ChannelSettings } from '../../src/stories/channel.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import type { GivenOrder } from './orders.ts';
import type { SimulatedChannel } from './scenario.ts';

/** From one instant to another, epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What is surely so for a while, and perhaps for longer: a bot that ended did or did not do what it was asked for. */
export interface Era {
  readonly sure: Span;
  readonly perhaps: Span;
}

export interface SettingsEra extends Era {
  readonly settings: ChannelSettings;
}

export interface MuteEra extends Era {
  /** `*` for all. */
  readonly symbol: string;
}

/** What a channel wanted, and when. */
export interface Wishes {
  readonly eras: readonly SettingsEra[];
  readonly mutes: readonly MuteEra[];
}

/** The bot's clock is off by less than this, and its stamps with it. */
const MARGIN_MS = MINUTE_MS;

export const contains = (span: Span, { from, to }: Span): boolean => span.from <= from && to <= span.to;
export const overlaps = (span: Span, { from, to }: Span): boolean => span.from < to && from < span.to;

const withEnd = <T extends Era>(era: T, askedAt: number, doneAt: number): T => ({
  ...era,
  sure: { from: era.sure.from, to: Math.min(era.sure.to, askedAt) },
  perhaps: { from: era.perhaps.from, to: Math.min(era.perhaps.to, doneAt + MARGIN_MS) },
});

/** Works out from what was asked of the bot, and when it was done, what a channel wanted. */
export const wishesOf = ({ platform, address, settings }: SimulatedChannel, orders: readonly GivenOrder[]): Wishes => {
  const always = { from: 0, to: Number.POSITIVE_INFINITY };
  const eras: SettingsEra[] = [{ settings, sure: always, perhaps: always }];
  let mutes: MuteEra[] = [];
  for (const { askedAt, doneAt, what, ...place } of orders) {
    if (place.platform !== platform || place.address !== address) continue;
    const begun: Era = {
      sure: { from: doneAt, to: Number.POSITIVE_INFINITY },
      perhaps: { from: askedAt - MARGIN_MS, to: Number.POSITIVE_INFINITY },
    };
    const endMutes = (ended: (symbol: string) => boolean): void => {
      mutes = mutes.map((it) => (ended(it.symbol) ? withEnd(it, askedAt, doneAt) : it));
    };
    if (what.kind === 'settings') {
      const last = eras.pop();
      if (last) eras.push(withEnd(last, askedAt, doneAt), { ...begun, settings: what.settings });
    } else if (what.kind === 'mute') {
      endMutes((symbol) => symbol === what.symbol);
      const until = { sure: askedAt + what.ms - MARGIN_MS, perhaps: doneAt + what.ms + MARGIN_MS };
      mutes.push({
        symbol: what.symbol,
        sure: { from: doneAt, to: until.sure },
        perhaps: { from: begun.perhaps.from, to: until.perhaps },
      });
    } else if (what.kind === 'unmute') endMutes((symbol) => what.symbol === '*' || symbol === what.symbol);
  }
  return { eras, mutes };
};

/** The mutes that may hold back what is about a symbol; `*` is about none in particular. */
export const mutesOf = ({ mutes }: Wishes, symbol: string): MuteEra[] =>
  mutes.filter((it) => it.symbol === '*' || it.symbol === symbol);
