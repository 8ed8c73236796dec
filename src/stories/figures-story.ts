import type { BillQuarters } from '../facts/bill-quarters.ts';
import type { Fact, Subject } from '../facts/fact.ts';
import type { ReportedFigures } from '../facts/figures.ts';
import type { SymbolName } from '../market/symbol-name.ts';

/** Figures that a company has just reported. */
export interface FiguresStory {
  readonly kind: 'figures';
  readonly symbol: Subject;
  readonly name: SymbolName;
  /** The day the filing was published. */
  readonly published: string;
  readonly figures: ReportedFigures;
  /** Capex guidance in force; absent for none. */
  readonly guidance?: Fact;
  /** Its capex by quarter, for the picture; absent in stories of earlier versions, and for a single quarter. */
  readonly bill?: BillQuarters;
}
