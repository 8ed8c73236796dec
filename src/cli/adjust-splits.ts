import { basename } from 'node:path';
import type { Bar, Split } from '../market/bar.ts';
import { CsvError } from '../market/csv/csv-error.ts';
import type { PriceFile } from '../market/csv/price-file.ts';
import { firstStep, stepFault } from './split-steps.ts';
import { closesAround, divided, factorOf, shows, stepText, type ToldSplit } from './told-splits.ts';
import { UsageError } from './usage-error.ts';

export interface Adjusted {
  readonly bars: readonly Bar[];
  /** Splits that prices were divided by. */
  readonly splits: readonly Split[];
  /** What a person should know, a line each. */
  readonly notes: readonly string[];
}

export interface SplitAdjuster {
  /**
   * Divides the prices before each split that is told for them, by a person or by the file.
   * @throws CsvError for a step like a split's that nobody told, UsageError for a split that the prices do not show.
   */
  adjust(symbol: string, path: string, file: PriceFile): Adjusted;
  /** @throws UsageError for a told split that met no prices. */
  checkUsed(): void;
}

const notShown = ({ text, ...split }: ToldSplit, file: string, bars: readonly Bar[]): UsageError => {
  const around = closesAround(bars, split.session);
  const [first, last] = [bars[0]?.session, bars.at(-1)?.session];
  const there = around
    ? `${stepText(around)}, which is no step of ${factorOf(split)}; is the file adjusted for that split already?`
    : `its rows are of ${first} to ${last}, not of both sides of that day`;
  return new UsageError(`--split ${text}: in ${basename(file)}, ${there}`);
};

/**
 * Applies the splits that a person told. One without a symbol is of every file that shows it, or of the one file there is.
 */
export const adjustSplits = (
  told: readonly ToldSplit[],
  resolve: (symbol: string) => string,
  isOnlyFile: boolean,
): SplitAdjuster => {
  const used = new Set<ToldSplit>();

  const isOf = (split: ToldSplit, symbol: string, path: string, bars: readonly Bar[]): boolean => {
    const isNamed = split.symbol !== undefined && resolve(split.symbol) === symbol;
    if (split.symbol !== undefined && !isNamed) return false;
    const shown = shows(bars, split);
    if (shown === 'small' && factorOf(split) !== 1) return isNamed || isOnlyFile;
    if (shown === 'small') return true;
    if (shown === 'no' && (isNamed || isOnlyFile)) throw notShown(split, path, bars);
    return shown === 'yes';
  };

  return {
    adjust: (symbol, path, { bars: asRead, splits: ownSplits, lineOf }) => {
      const notes: string[] = [];
      const applied: Split[] = [];
      let bars = asRead;
      const apply = (split: Split): void => {
        if (factorOf(split) === 1) return;
        bars = divided(bars, split);
        applied.push(split);
      };
      for (const split of told) {
        if (!isOf(split, symbol, path, bars)) continue;
        used.add(split);
        apply(split);
      }
      const days = told.filter((split) => used.has(split)).map(({ session }) => session);
      for (const split of ownSplits) {
        if (days.includes(split.session) || !closesAround(bars, split.session)) continue;
        const name = `the split of ${split.session} by ${factorOf(split)}`;
        const isThere = shows(bars, split) !== 'no';
        if (isThere) apply(split);
        notes.push(
          `${path}: ${isThere ? `divided by ${name}` : `${name} does not show in the closes; left as they are`}`,
        );
      }
      const step = firstStep(bars, days);
      if (step) throw new CsvError(`${path}:${lineOf(step.after.session)}: ${stepFault(step)}`);
      return { bars, splits: applied, notes };
    },
    checkUsed: () => {
      const unused = told.find((split) => !used.has(split));
      if (!unused) return;
      const which = unused.symbol === undefined ? 'no file that was read has such a step on that day' : '';
      throw new UsageError(`--split ${unused.text}: ${which || `no prices of ${unused.symbol} were read`}`);
    },
  };
};
