import type { Subject } from '../fact.ts';
import type { OpenFigure } from './filed-facts.ts';
import type { OpenSegment } from './segments/open-segment.ts';

/** A figure of a company's reports that is not in, and why not. */
export type OpenNote = (OpenFigure | OpenSegment) & { readonly subject: Subject };
