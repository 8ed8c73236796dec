import type { Fact, Subject } from '../facts/fact.ts';
import type { Figures } from '../facts/figures.ts';

/** What a company has just reported, as its card tells it; stored with the delivery. */
export interface FiguresStory {
  readonly kind: 'figures';
  readonly symbol: Subject;
  readonly name: { readonly en: string; readonly ko: string };
  /** The day the filing was published. */
  readonly published: string;
  readonly figures: Figures;
  /** Capex guidance in force; absent where none is. */
  readonly guidance?: Fact;
}
