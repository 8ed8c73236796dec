import type { BillChange } from '../facts/bill-news.ts';
import type { Subject } from '../facts/fact.ts';
import type { SymbolName } from '../market/symbol-name.ts';

/** What a company's report, or its guidance once it is confirmed, has changed on the bill. */
export interface BillStory {
  readonly kind: 'bill';
  /** Whose card it is; `*` for one about all of the four. */
  readonly symbol: Subject | '*';
  /** The company that has reported. */
  readonly company: Subject;
  readonly name: SymbolName;
  /** The day on which that was published. */
  readonly published: string;
  readonly change: BillChange;
}
