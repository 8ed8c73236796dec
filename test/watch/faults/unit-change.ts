import type { SessionDate } from '../../../src/market/calendar.ts';
import { withPrices } from '../../../src/market/in-unit.ts';
import type { Served } from './served.ts';

/** How the parts of a source follow a change of the unit that prices are counted in. Epoch milliseconds. */
export interface UnitChange {
  /** The first session in the new unit. */
  readonly session: SessionDate;
  /** New shares for an old one, as numerator and denominator. */
  readonly ratio: readonly [numerator: number, denominator: number];
  /** When prices are in the new unit; default: from the session on. */
  readonly priceFrom?: number;
  /** When the previous close of quotes is of the new unit; absent: quotes have no previous close. */
  readonly closeFrom?: number;
  /** When the rows before the session are. */
  readonly rowsFrom: number;
  /** From when on, and from which session on, some of them already are. */
  readonly mixed?: { readonly at: number; readonly rowsFrom: SessionDate };
  /** When a split is told; absent for a spin-off. */
  readonly toldFrom?: number;
}

/** The source of what prices were in the new unit, as it follows the change. */
export const withUnitChange = (
  after: Served,
  { session, ratio: [numerator, denominator], priceFrom = 0, closeFrom, rowsFrom, mixed, toldFrom }: UnitChange,
): Served => {
  const old = (price: number): number => Math.round((price * numerator) / denominator);
  return {
    quote: (now) => {
      const quote = after.quote(now);
      if (!quote) return undefined;
      const isNew = quote.session >= session;
      const isCloseNew = quote.session > session || (isNew && closeFrom !== undefined && now >= closeFrom);
      const { price, previousClose } = quote;
      return {
        ...quote,
        price: isNew && now >= priceFrom ? price : old(price),
        previousClose:
          closeFrom === undefined || previousClose === null ? null : isCloseNew ? previousClose : old(previousClose),
      };
    },
    history: (now) => ({
      bars: after.history(now).bars.map((bar) => {
        const isMixed = mixed !== undefined && now >= mixed.at && bar.session >= mixed.rowsFrom;
        const isNew = bar.session >= session || now >= rowsFrom || isMixed;
        return isNew ? bar : withPrices(bar, old);
      }),
      splits: toldFrom !== undefined && now >= toldFrom ? [{ session, numerator, denominator }] : [],
    }),
  };
};
