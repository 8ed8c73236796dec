import { toneFacts } from '../stories/tone.ts';
import type { Card } from './card.ts';

/** Edges that no fall sets, `#rrggbb`: the bill's violet, the amber of what is to be mended, the grey of what is no news. */
export const OWN_EDGES = { bill: '#b9a3ff', gap: '#f2b01e', quiet: '#6b7a8f' } as const;

/** An edge of a card's own, in the place of that of its tone. */
export type Edge = keyof typeof OWN_EDGES;

/** The same, of the 256 colours of a terminal. */
const TERMINAL_EDGES: Readonly<Record<Edge, number>> = { bill: 141, gap: 214, quiet: 245 };

type Edged = Pick<Card, 'edge' | 'tone' | 'falls'>;

/** The colour of a card's edge in a chat that colours edges, `#rrggbb`. */
export const edgeOf = ({ edge, tone, falls = 'red' }: Edged): string =>
  edge === undefined ? toneFacts(tone)[falls].edge : OWN_EDGES[edge];

/** The colour of a card's box and title in a terminal, of its 256. */
export const terminalColourOf = ({ edge, tone, falls = 'red' }: Edged): number =>
  edge === undefined ? toneFacts(tone)[falls].terminal : TERMINAL_EDGES[edge];
