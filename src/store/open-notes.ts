import type { OpenNote } from '../facts/edgar/open-note.ts';
import { readOpenFigures } from './filed-facts.ts';
import { readOpenSegments } from './open-segments.ts';
import type { Db } from './store.ts';

/** Everything that is still to come of the companies' reports. */
export const readOpenNotes = async (db: Db): Promise<OpenNote[]> => [
  ...(await readOpenFigures(db)),
  ...(await readOpenSegments(db)),
];
